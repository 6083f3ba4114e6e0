using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0013-changes.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0013_changes")]
internal sealed class Migration0013Changes : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0013-changes.sql"));
}
