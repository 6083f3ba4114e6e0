using System.ComponentModel.DataAnnotations;
using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>A group as it is answered.</summary>
internal sealed record GroupDocument
{
    /// <summary>A UUID version 7.</summary>
    public required string GroupId { get; init; }

    /// <summary>The name, exactly as it was sent.</summary>
    public required string DisplayName { get; init; }

    /// <summary>NORMAL or EXTERNAL.</summary>
    [AllowedValues("NORMAL", "EXTERNAL")]
    public required string GroupType { get; init; }

    /// <summary>The address of the key that encrypts the name; absent when not set.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>True when the group was imported from another system; absent when not set.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>The id of the user who owns the group.</summary>
    public required string OwnerId { get; init; }

    /// <summary>True for the default group, which takes contacts without a group.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>The number of contacts in the group.</summary>
    public required int MemberCount { get; init; }

    /// <summary>The ids of its contacts in ascending order. Lists contain them only when <c>fields</c> names <c>members</c>.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>The times and the version.</summary>
    public required MetaDocument Meta { get; init; }
}

/// <summary>A page of groups.</summary>
internal sealed record GroupList
{
    /// <summary>In the order that was asked for.</summary>
    public required IReadOnlyList<EntryOf<GroupDocument>> Groups { get; init; }

    /// <summary>The token of the next page; absent on the last page.</summary>
    public string? NextPageToken { get; init; }
}
