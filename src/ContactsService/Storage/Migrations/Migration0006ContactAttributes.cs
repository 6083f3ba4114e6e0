using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0006-contact-attributes.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0006_contact_attributes")]
internal sealed class Migration0006ContactAttributes : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0006-contact-attributes.sql"));
}
