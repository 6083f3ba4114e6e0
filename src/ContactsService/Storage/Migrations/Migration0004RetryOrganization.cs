using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0004-retry-organization.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0004_retry_organization")]
internal sealed class Migration0004RetryOrganization : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0004-retry-organization.sql"));
}
