using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0005-keys-by-organization.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0005_keys_by_organization")]
internal sealed class Migration0005KeysByOrganization : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0005-keys-by-organization.sql"));
}
