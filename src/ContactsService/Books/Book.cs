using Npgsql;

namespace ContactsService.Books;

/// <summary>The row that orders the writers of one book and counts their writes.</summary>
internal sealed class Book
{
    /// <summary>See <see cref="BookKey.Id"/>.</summary>
    public Guid BookId { get; init; }

    /// <summary>The organization of the owner.</summary>
    public required string Organization { get; init; }

    /// <summary>The user, or the organization itself.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Raised by one with every write; versions and ETags come from it.</summary>
    public long Revision { get; set; }

    /// <summary>The one default group; null in an organization's book and in a book that holds nothing.</summary>
    public Guid? DefaultGroupId { get; set; }

    /// <summary>When the book was created, UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>The time of the last write, UTC; every write is later than the one before.</summary>
    public DateTime LastWrite { get; set; }

    /// <summary>Reads a row of the table.</summary>
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
