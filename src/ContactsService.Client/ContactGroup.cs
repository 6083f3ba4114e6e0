using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>
/// A group of a user's contacts, for reading and writing. Members that are not set, or not in <see cref="ListQuery.Fields"/>, are null.
/// </summary>
public sealed record ContactGroup
{
    /// <summary>The id, a UUID. Set by the service.</summary>
    public string? GroupId { get; init; }

    /// <summary>The name; unique among your groups, case-insensitively. Required.</summary>
    public string? DisplayName { get; init; }

    /// <summary>One of <see cref="GroupTypes"/>; NORMAL when null.</summary>
    public string? GroupType { get; init; }

    /// <summary>The address of the key that encrypts the name; null when the name is not encrypted.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>The id of the user who owns the group. Set by the service.</summary>
    public string? OwnerId { get; init; }

    /// <summary>True when the group was imported from another system; null when not set.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>True for the default group, which takes contacts without a group. Set by the service.</summary>
    public bool? IsDefault { get; init; }

    /// <summary>The number of contacts in the group. Set by the service.</summary>
    public int? MemberCount { get; init; }

    /// <summary>
    /// The ids of its contacts; null in lists unless <see cref="ListQuery.Fields"/> names <c>members</c>. In a write, null keeps the
    /// members.
    /// </summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>The times and the version. Set by the service.</summary>
    public Meta? Meta { get; init; }

    /// <summary>The ETag that was read, for If-Match; null for entries of a list.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
