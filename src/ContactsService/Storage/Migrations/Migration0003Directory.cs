using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0003-directory.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0003_directory")]
internal sealed class Migration0003Directory : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationText.Read("0003-directory.sql"));
}
