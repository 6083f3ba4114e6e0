using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>A group of a user's contacts, as it is read and as it is written. What is null is not set, or was left out by <see cref="ListQuery.Fields"/>.</summary>
public sealed record ContactGroup
{
    /// <summary>The service makes it.</summary>
    public string? GroupId { get; init; }

    /// <summary>The name; unique among your groups, without regard to case. Required.</summary>
    public string? DisplayName { get; init; }

    /// <summary>One of <see cref="GroupTypes"/>; NORMAL when it is null.</summary>
    public string? GroupType { get; init; }

    /// <summary>The key that encrypts the name, if you encrypt it.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>The user whose group it is. The service's own.</summary>
    public string? OwnerId { get; init; }

    /// <summary>True when it was brought over from another system.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>True for the one group that takes contacts without a group. The service's own.</summary>
    public bool? IsDefault { get; init; }

    /// <summary>How many contacts are in it. The service's own.</summary>
    public int? MemberCount { get; init; }

    /// <summary>The ids of its contacts; null in lists, unless <see cref="ListQuery.Fields"/> names <c>members</c>. When it is null, a write leaves them as they are.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>When it was made and changed. The service's own.</summary>
    public Meta? Meta { get; init; }

    /// <summary>The version that was read, for If-Match; null for entries of a list, which come without.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
