namespace ContactsService.Contacts;

/// <summary>A row of the table of contacts, as the model of the database describes it. Folded columns are shadow properties.</summary>
internal sealed class Contact
{
    /// <summary>The book.</summary>
    public Guid BookId { get; init; }

    /// <summary>The organization of the book.</summary>
    public required string Organization { get; init; }

    /// <summary>The user whose book it is, or the organization.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Unique in the book.</summary>
    public required string ContactId { get; init; }

    /// <summary><c>CUSTOM</c> or <c>CLOUD</c>.</summary>
    public required string ContactType { get; init; }

    /// <summary><c>Custom</c>, <c>User</c> or <c>Queue</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether the directory knows it; null for what is no reference to it.</summary>
    public bool? Resolved { get; init; }

    /// <summary>Ready JSON members, without groups, resolved and meta.</summary>
    public required string Body { get; init; }

    /// <summary>At least one in a user's book, none in an organization's.</summary>
    public required Guid[] GroupIds { get; init; }

    /// <summary>The revision of the book that last changed it.</summary>
    public long Version { get; init; }

    /// <summary>UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; init; }

    /// <summary>Its place in lists.</summary>
    public required string SortName { get; init; }

    /// <summary>Hashes of its numbers and addresses.</summary>
    public required long[] Lookup { get; init; }

    /// <summary>Null when not set.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>Members that only the Webex door knows; null when there are none.</summary>
    public string? Extra { get; init; }

    /// <summary>See <see cref="ContactDraft.IsEncrypted"/>.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Folded; null when there are none.</summary>
    public string[]? Emails { get; init; }

    /// <summary>Digits; null when there are none.</summary>
    public string[]? PhoneNumbers { get; init; }

    /// <summary>Folded; null when there are none.</summary>
    public string[]? SipAddresses { get; init; }
}
