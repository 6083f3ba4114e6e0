using System.ComponentModel.DataAnnotations;
using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>The values somebody wants a group to have.</summary>
internal sealed class GroupDraft
{
    /// <summary>The name; unique in the book, without regard to case unless it is encrypted. Required.</summary>
    public string? DisplayName { get; init; }

    /// <summary>NORMAL (when left out) or EXTERNAL.</summary>
    [AllowedValues("NORMAL", "EXTERNAL")]
    public string? GroupType { get; init; }

    /// <summary>The key that encrypts the name, as the client wants it kept.</summary>
    public string? EncryptionKeyUrl { get; init; }

    /// <summary>True when it was brought over from another system.</summary>
    public bool? IsMigration { get; init; }

    /// <summary>The ids of its contacts, all of the same book; who is in it stays as it is when left out.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>Sent back as it was read, if at all.</summary>
    internal string? GroupId { get; init; }

    /// <summary>Sent back as it was read, if at all.</summary>
    internal string? OwnerId { get; init; }

    /// <summary>What the adapter keeps beside the group; null leaves what is there.</summary>
    internal Extension? Extension { get; init; }

    /// <summary>True when it comes from a client that encrypts: a name is ciphertext, and the first group of a book is its default group.</summary>
    internal bool IsFromEncryptingClient { get; init; }

    /// <summary>True when a client that encrypts can read its name.</summary>
    internal bool IsEncrypted => !string.IsNullOrEmpty(EncryptionKeyUrl) && (IsFromEncryptingClient || Ciphertext.Is(DisplayName));

    /// <summary>What no other group of the book has.</summary>
    internal byte[] NameHash => IsFromEncryptingClient || IsEncrypted
        ? Group.HashCiphertext(DisplayName!, StoredType, EncryptionKeyUrl) : Group.HashName(DisplayName!);

    /// <summary><see cref="GroupType"/> as it is stored.</summary>
    internal string StoredType => GroupType?.ToUpperInvariant() ?? "NORMAL";

    /// <summary>Reads a JSON object.</summary>
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
