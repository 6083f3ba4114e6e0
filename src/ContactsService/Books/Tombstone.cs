namespace ContactsService.Books;

/// <summary>What is left of a deleted contact or group, so that readers of changes can learn of it.</summary>
internal sealed class Tombstone
{
    /// <summary>The book it was deleted from.</summary>
    public Guid BookId { get; init; }

    /// <summary>The organization of the book.</summary>
    public required string Organization { get; init; }

    /// <summary>The revision of the book that deleted it.</summary>
    public long Version { get; init; }

    /// <summary><c>contact</c> or <c>group</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The contact's or group's id.</summary>
    public required string Id { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTime Deleted { get; init; }
}
