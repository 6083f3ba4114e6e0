using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0017-access.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0017_access")]
internal sealed class Migration0017Access : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationText.Read("0017-access.sql"));
}
