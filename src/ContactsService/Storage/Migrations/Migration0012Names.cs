using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0012-names.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0012_names")]
internal sealed class Migration0012Names : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0012-names.sql"));
}
