using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ContactsService.Storage.Migrations;

/// <summary>Runs <c>0010-organization-setting.sql</c>.</summary>
[DbContext(typeof(ContactsDb))]
[Migration("0010_organization_setting")]
internal sealed class Migration0010OrganizationSetting : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(MigrationText.Read("0010-organization-setting.sql"));
}
