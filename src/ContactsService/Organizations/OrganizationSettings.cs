using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace ContactsService.Organizations;

/// <summary>What admins have set for their organization. An organization without a row has set nothing.</summary>
internal sealed class OrganizationSettings
{
    private const string RegionSql = "SELECT region FROM organization_setting WHERE book_id = $1 AND organization = $2";

    /// <summary>The organization's book.</summary>
    public Guid BookId { get; init; }

    public required string Organization { get; init; }

    /// <summary>What national phone numbers mean: ISO 3166-1 alpha-2 in upper case; null when it is not set.</summary>
    public string? Region { get; set; }

    /// <summary>The revision of the book that last changed them.</summary>
    public long Version { get; set; }

    /// <summary>What ETags of the settings begin with.</summary>
    public static string Tag(BookKey book) => $"{book.Tag}-settings";

    public string ETag(BookKey book) => Answer.Tag(Tag(book), Version);

    public SettingsDocument ToDocument() => new() { Region = Region };

    /// <summary>The statement that reads the region, for other modules' snapshots: no row or null when it is not set.</summary>
    public static NpgsqlBatchCommand ReadRegion(BookKey book) =>
        Statement.Of(RegionSql, Statement.Value(book.Id), Statement.Value(book.Organization));

    /// <summary>The region in the result of <see cref="ReadRegion"/>; null when it is not set.</summary>
    public static async Task<string?> ReadRegionAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken) && !reader.IsDBNull(0) ? reader.GetString(0) : null;
}

internal sealed class OrganizationSettingsConfiguration : IEntityTypeConfiguration<OrganizationSettings>
{
    public void Configure(EntityTypeBuilder<OrganizationSettings> builder)
    {
        builder.ToTable("organization_setting");
        builder.HasKey(settings => new { settings.BookId, settings.Organization }).HasName("organization_setting_key");
        builder.UseSnakeCaseColumns();
    }
}
