using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0001-books.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0001_books")]
internal sealed class Migration0001Books : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationText.Read("0001-books.sql"));
}
