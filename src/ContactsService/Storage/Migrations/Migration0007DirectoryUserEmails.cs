using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0007-directory-user-emails.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0007_directory_user_emails")]
internal sealed class Migration0007DirectoryUserEmails : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0007-directory-user-emails.sql"));
}
