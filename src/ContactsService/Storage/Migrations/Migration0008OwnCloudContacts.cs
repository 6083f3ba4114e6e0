using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0008-own-cloud-contacts.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0008_own_cloud_contacts")]
internal sealed class Migration0008OwnCloudContacts : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0008-own-cloud-contacts.sql"));
}
