using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0009-plain-text-beside-ciphertext.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0009_plain_text_beside_ciphertext")]
internal sealed class Migration0009PlainTextBesideCiphertext : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0009-plain-text-beside-ciphertext.sql"));
}
