using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0011-search.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0011_search")]
internal sealed class Migration0011Search : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationText.Read("0011-search.sql"));
}
