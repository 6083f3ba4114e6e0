namespace ContactsService.Books;

/// <summary>The record of a deleted contact or group, for readers of changes.</summary>
internal sealed class Tombstone
{
    /// <summary>The book that it was deleted from.</summary>
    public Guid BookId { get; init; }

    /// <summary>The organization of the book.</summary>
    public required string Organization { get; init; }

    /// <summary>The revision of the book that deleted it.</summary>
    public long Version { get; init; }

    /// <summary><c>contact</c> or <c>group</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The id of the contact or group.</summary>
    public required string Id { get; init; }

    /// <summary>When it was deleted, UTC.</summary>
    public DateTime Deleted { get; init; }
}
