using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ContactsService.Access;

/// <summary>A name by which a user has lost access, or had lost it.</summary>
internal sealed class UserAccess
{
    public required string Organization { get; init; }

    /// <summary>In lower case: the directory does not tell names apart by case.</summary>
    public required string UserName { get; init; }

    /// <summary>Since when the user has no access, UTC; null for a user who has it.</summary>
    public DateTime? Ended { get; set; }

    /// <summary>Why; null for a user who has access.</summary>
    public string? Reason { get; set; }

    /// <summary>What an identity provider has issued before does not count, UTC; null when all of it does.</summary>
    public DateTime? ValidFrom { get; set; }

    /// <summary>How a user is named here.</summary>
    public static string NameOf(string user) => user.ToLowerInvariant();
}

/// <summary>A number for each organization that is raised by whatever ends access; 0 while there is no row.</summary>
internal sealed class AccessRevision
{
    public required string Organization { get; init; }

    public long Revision { get; init; }
}

internal sealed class UserAccessConfiguration : IEntityTypeConfiguration<UserAccess>
{
    public void Configure(EntityTypeBuilder<UserAccess> builder)
    {
        builder.ToTable("user_access");
        builder.HasKey(user => new { user.UserName, user.Organization }).HasName("user_access_key");
        builder.UseSnakeCaseColumns();
    }
}

internal sealed class AccessRevisionConfiguration : IEntityTypeConfiguration<AccessRevision>
{
    public void Configure(EntityTypeBuilder<AccessRevision> builder)
    {
        builder.ToTable("access_revision");
        builder.HasKey(row => row.Organization).HasName("access_revision_key");
        builder.UseSnakeCaseColumns();
    }
}
