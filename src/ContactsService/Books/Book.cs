using Npgsql;

namespace ContactsService.Books;

/// <summary>The row that serializes the writers of a book and counts their writes.</summary>
internal sealed class Book
{
    public Guid BookId { get; init; }

    public required string Organization { get; init; }

    /// <summary>The id of a user, or of the organization for its own book.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Increases by one with every write. Versions and ETags are derived from it.</summary>
    public long Revision { get; set; }

    /// <summary>The default group; null in an organization's book and in an empty book.</summary>
    public Guid? DefaultGroupId { get; set; }

    /// <summary>When the book was created, UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>The time of the last write, UTC. Every write is later than the one before.</summary>
    public DateTime LastWrite { get; set; }

    /// <summary>The latest deletion that <c>tombstone</c> no longer has, or the last restore; 0 for none.</summary>
    public long PurgedVersion { get; init; }

    public static Book Read(NpgsqlDataReader row) => new()
    {
        BookId = row.GetGuid(0),
        Organization = row.GetString(1),
        OwnerId = row.GetString(2),
        Revision = row.GetInt64(3),
        DefaultGroupId = row.IsDBNull(4) ? null : row.GetGuid(4),
        Created = row.GetDateTime(5),
        LastWrite = row.GetDateTime(6),
    };
}
