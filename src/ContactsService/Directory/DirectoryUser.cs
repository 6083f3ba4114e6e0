using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Directory;

/// <summary>A row of the table of directory users.</summary>
internal sealed class DirectoryUser
{
    /// <summary>The organization's book.</summary>
    public Guid BookId { get; init; }

    public required string Organization { get; init; }

    /// <summary>The id of the user and of its contact, created by the service.</summary>
    public required string UserId { get; init; }

    /// <summary>The SCIM resource without <c>meta</c>, as JSON.</summary>
    public required string Resource { get; set; }

    /// <summary>Case-folded; unique in the organization.</summary>
    public required string UserName { get; set; }

    /// <summary>The identity provider's id; unique in the organization when set.</summary>
    public string? ExternalId { get; set; }

    /// <summary>False for a user who has left.</summary>
    public bool Active { get; set; }

    /// <summary>The revision of the book that last changed it.</summary>
    public long Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Created { get; set; }

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; set; }
}

internal sealed class DirectoryUserConfiguration : IEntityTypeConfiguration<DirectoryUser>
{
    /// <summary>The constraint that keeps user names unique in an organization, case-insensitively.</summary>
    public const string NameUnique = "directory_user_name_unique";

    /// <summary>The constraint that keeps external ids unique in an organization.</summary>
    public const string ExternalIdUnique = "directory_user_external_id_unique";

    /// <summary>The maximum length of a user name or external id, in characters, so that an index can hold it.</summary>
    public const int MaxNameLength = 512;

    public void Configure(EntityTypeBuilder<DirectoryUser> builder)
    {
        builder.ToTable("directory_user");
        builder.HasKey(user => new { user.BookId, user.UserId, user.Organization }).HasName("directory_user_key");
        builder.HasIndex(user => new { user.BookId, user.UserName, user.Organization }).IsUnique().HasDatabaseName(NameUnique);
        builder.HasIndex(user => new { user.BookId, user.ExternalId, user.Organization }).IsUnique().HasDatabaseName(ExternalIdUnique);
        builder.UseSnakeCaseColumns();
        builder.Property(user => user.Resource).HasColumnType("jsonb");
    }
}
