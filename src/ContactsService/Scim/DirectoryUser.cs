using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Scim;

/// <summary>A row of the table of users, as the model of the database describes it.</summary>
internal sealed class DirectoryUser
{
    /// <summary>The organization's book.</summary>
    public Guid BookId { get; init; }

    /// <summary>The organization.</summary>
    public required string Organization { get; init; }

    /// <summary>Made by the service; also the id of the contact.</summary>
    public required string UserId { get; init; }

    /// <summary>The resource without <c>meta</c>, as JSON.</summary>
    public required string Resource { get; init; }

    /// <summary>Folded; unique.</summary>
    public required string UserName { get; init; }

    /// <summary>As the client names it; unique when set.</summary>
    public string? ExternalId { get; init; }

    /// <summary>False for who is known but has left.</summary>
    public bool Active { get; init; }

    /// <summary>The revision of the book that last changed it.</summary>
    public long Version { get; init; }

    /// <summary>UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; init; }
}

/// <summary>Columns, keys and their names.</summary>
internal static class DirectoryUserTable
{
    /// <summary>A user name is there once in an organization, in whatever case; the constraint tells.</summary>
    public const string NameUnique = "directory_user_name_unique";

    /// <summary>An external id is there once in an organization; the constraint tells.</summary>
    public const string ExternalIdUnique = "directory_user_external_id_unique";

    /// <summary>The longest of either, in characters: more than an index takes is no name.</summary>
    public const int LongestName = 512;

    /// <summary>Adds the table to the model.</summary>
    public static void Describe(ModelBuilder model) => model.Entity<DirectoryUser>(user =>
    {
        user.ToTable("directory_user");
        user.HasKey(one => new { one.BookId, one.UserId }).HasName("directory_user_key");
        user.HasIndex(one => new { one.BookId, one.UserName }).IsUnique().HasDatabaseName(NameUnique);
        user.HasIndex(one => new { one.BookId, one.ExternalId }).IsUnique().HasDatabaseName(ExternalIdUnique);
        user.UseSnakeCaseColumns();
        user.Property(one => one.Resource).HasColumnType("jsonb");
    });
}
