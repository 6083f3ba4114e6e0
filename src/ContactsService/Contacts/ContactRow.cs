using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>
/// A row of the table of contacts, as the model of the database describes it. The columns of <see cref="ContactField"/> are
/// shadow properties.
/// </summary>
internal sealed class ContactRow
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

    /// <summary>The entries of the search index; null until they have been computed, when the row is older than the column.</summary>
    public NpgsqlTsVector? Search { get; init; }

    /// <summary>
    /// What adapters keep beside it: a JSON object with a member for each of them; null when there is nothing. See
    /// <see cref="Http.Extension"/>.
    /// </summary>
    public string? Extension { get; init; }

    /// <summary>See <see cref="ContactDraft.IsEncrypted"/>.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>See <see cref="ContactDraft.HasPlainText"/>.</summary>
    public bool HasPlainText { get; init; }
}
