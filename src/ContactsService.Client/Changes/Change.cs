using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>A contact or a group that changed, as it is now.</summary>
public sealed record Change
{
    /// <summary>One of <see cref="ChangeKinds"/>. Ignore other kinds: newer services may have more.</summary>
    public required string Kind { get; init; }

    /// <summary>put: store what is here in place of what you have. delete: remove what you have, if you have it.</summary>
    public required string Op { get; init; }

    /// <summary>The id of the contact or group.</summary>
    public required string Id { get; init; }

    /// <summary>The version of the book in which it changed. Versions of different books do not compare.</summary>
    public long Version { get; init; }

    /// <summary>The contact as a list shows it to you; null for groups, and when it was deleted.</summary>
    public Contact? Contact { get; init; }

    /// <summary>
    /// The group without its members, which are in <see cref="Contact.Groups"/>; null for contacts, and when it was deleted.
    /// </summary>
    public ContactGroup? Group { get; init; }

    /// <summary>True when you cannot see it any more.</summary>
    [JsonIgnore]
    public bool IsDelete => Op == "delete";
}
