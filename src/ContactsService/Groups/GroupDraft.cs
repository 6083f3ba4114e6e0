using System.ComponentModel.DataAnnotations;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Groups;

/// <summary>The values to store for a group.</summary>
internal sealed class GroupDraft
{
    /// <summary>The name. It is unique in the book, case-insensitively unless it is encrypted. Required.</summary>
    public string? DisplayName { get; init; }

    /// <summary>NORMAL (when left out) or EXTERNAL.</summary>
    [AllowedValues("NORMAL", "EXTERNAL")]
    public string? GroupType { get; init; }

    /// <summary>The address of the key that encrypts the name, stored as sent.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>True when the group was imported from another system.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>The ids of its contacts, all from the same book. When left out, the members do not change.</summary>
    public IReadOnlyList<string>? Members { get; set; }

    /// <summary>Accepted when it is sent back as it was read.</summary>
    internal string? GroupId { get; init; }

    /// <summary>Accepted when it is sent back as it was read.</summary>
    internal string? OwnerId { get; init; }

    /// <summary>What the adapter keeps beside the group; null leaves what is there.</summary>
    internal Extension? Extension { get; init; }

    /// <summary>True for clients that encrypt: names are ciphertext, and the first group of a book becomes its default group.</summary>
    internal bool IsFromEncryptingClient { get; init; }

    /// <summary>True when a client that encrypts can read the name.</summary>
    internal bool IsEncrypted => !string.IsNullOrEmpty(EncryptionKeyUrl) && (IsFromEncryptingClient || Ciphertext.Is(DisplayName));

    /// <summary>
    /// True when it may become the default group of a book that has none: the first group of a client that encrypts, and a group with the
    /// default group's name.
    /// </summary>
    internal bool MayBecomeDefault =>
        IsFromEncryptingClient || CaseFolding.Text(DisplayName!) == CaseFolding.Text(DefaultGroup.Name);

    /// <summary>The hash that is unique in the book.</summary>
    internal byte[] NameHash => IsFromEncryptingClient || IsEncrypted
        ? Group.HashCiphertext(DisplayName!, StoredType, EncryptionKeyUrl) : Group.HashName(DisplayName!);

    /// <summary>The stored form of <see cref="GroupType"/>.</summary>
    internal string StoredType => GroupType?.ToUpperInvariant() ?? "NORMAL";

    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static GroupDraft Read(System.Text.Json.JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var draft = new GroupDraft
        {
            DisplayName = members.Text("displayName", alias: "name"),
            GroupType = members.Text("groupType"),
            EncryptionKeyUrl = members.Text("encryptionKeyUrl"),
            IsMigration = members.Flag("isMigration"),
            Members = members.Texts("members"),
            GroupId = members.Text("groupId", alias: "id"),
            OwnerId = members.Text("ownerId"),
        };
        members.Ignore("isDefault", "memberCount", "meta");
        members.RefuseUnknown();
        errors.ThrowIfAny();
        return draft;
    }
}
