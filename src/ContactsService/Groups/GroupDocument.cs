using System.ComponentModel.DataAnnotations;
using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>A group as it is answered.</summary>
internal sealed record GroupDocument
{
    /// <summary>A UUID version 7.</summary>
    public required string GroupId { get; init; }

    /// <summary>The name, to the letter as it was sent.</summary>
    public required string DisplayName { get; init; }

    /// <summary>NORMAL or EXTERNAL.</summary>
    [AllowedValues("NORMAL", "EXTERNAL")]
    public required string GroupType { get; init; }

    /// <summary>The key that encrypts the name; absent when not set.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>Absent when not set.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>The user whose group it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>True for the one group that takes contacts without a group.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>How many contacts are in it.</summary>
    public required int MemberCount { get; init; }

    /// <summary>The ids of its contacts, in their order; in lists only when <c>fields</c> names <c>members</c>.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>When it was made and changed, and its version.</summary>
    public required MetaDocument Meta { get; init; }
}

/// <summary>A page of groups.</summary>
internal sealed record GroupList
{
    /// <summary>In the order that was asked for.</summary>
    public required IReadOnlyList<EntryOf<GroupDocument>> Groups { get; init; }

    /// <summary>Leads to the next page; absent on the last.</summary>
    public string? NextPageToken { get; init; }
}
