using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0015-webhooks.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0015_webhooks")]
internal sealed class Migration0015Webhooks : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationText.Read("0015-webhooks.sql"));
}
