using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ContactsService.Contacts;
using ContactsService.Groups;

namespace ContactsService.Changes;

/// <summary>A contact or group that changed.</summary>
internal sealed record ChangeDocument
{
    /// <summary>What it is: contact or group.</summary>
    [AllowedValues(ChangeKind.Contact, ChangeKind.Group)]
    public required string Kind { get; init; }

    /// <summary>put: store it as it is here. delete: you cannot see it any more; remove it, if you have it.</summary>
    [AllowedValues("put", "delete")]
    public required string Op { get; init; }

    /// <summary>The id of the contact or group.</summary>
    public required string Id { get; init; }

    /// <summary>The version of the book in which it changed. Versions of different books do not compare.</summary>
    public required long Version { get; init; }

    /// <summary>With put of a contact: as GET /contacts shows it to you.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContactDocument? Contact { get; init; }

    /// <summary>With put of a group: as it is now, without members, which stand in the contacts' groups.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GroupDocument? Group { get; init; }
}

/// <summary>A page of changes.</summary>
internal sealed record ChangeList
{
    /// <summary>Each contact or group at most once, in the order to apply them.</summary>
    public required IReadOnlyList<ChangeDocument> Changes { get; init; }

    /// <summary>Where to go on: send it as since. At most 280 characters.</summary>
    [MaxLength(ChangeToken.MaxLength)]
    public required string NextToken { get; init; }

    /// <summary>True when there may be more right now.</summary>
    public required bool More { get; init; }
}
