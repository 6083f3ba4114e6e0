using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0002-webex.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0002_webex")]
internal sealed class Migration0002Webex : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(MigrationText.Read("0002-webex.sql"));
}
