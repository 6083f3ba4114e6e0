namespace ContactsService.Books;

/// <summary>The row that orders the writers of one book and counts its writes.</summary>
internal sealed class Book
{
    /// <summary>See <see cref="BookKey.Id"/>.</summary>
    public Guid BookId { get; init; }

    /// <summary>The organization the owner belongs to.</summary>
    public required string Organization { get; init; }

    /// <summary>The user, or the organization itself.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Raised by one with every write; versions and ETags come from it.</summary>
    public long Revision { get; set; }

    /// <summary>The one default group; null in a shared book and in a book that holds nothing.</summary>
    public Guid? DefaultGroupId { get; set; }

    /// <summary>When the book was born, UTC.</summary>
    public DateTime Created { get; init; }
}
