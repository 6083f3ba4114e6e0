using System.Security.Cryptography;
using System.Text;
using ContactsService.Books;
using ContactsService.Storage;

namespace ContactsService.Groups;

/// <summary>A group of a book.</summary>
internal sealed class Group
{
    public Guid BookId { get; init; }

    /// <summary>The organization of the book.</summary>
    public required string Organization { get; init; }

    /// <summary>A UUID version 7.</summary>
    public Guid GroupId { get; init; }

    /// <summary>The JSON members that no column holds, ready for responses.</summary>
    public required string Body { get; set; }

    /// <summary>See <see cref="GroupDraft.NameHash"/>; unique in the book.</summary>
    public required byte[] NameHash { get; set; }

    /// <summary>The case-folded name, for filters and sorting.</summary>
    public required string DisplayName { get; set; }

    /// <summary><c>NORMAL</c> or <c>EXTERNAL</c>.</summary>
    public required string GroupType { get; set; }

    /// <summary>Case-folded; null when not set.</summary>
    public string? EncryptionKeyUrl { get; set; }

    public bool? IsMigration { get; set; }

    /// <summary>
    /// What adapters keep beside it: a JSON object with a member for each of them; null when there is nothing. See
    /// <see cref="Http.Extension"/>.
    /// </summary>
    public string? Extension { get; set; }

    /// <summary>See <see cref="GroupDraft.IsEncrypted"/>.</summary>
    public bool IsEncrypted { get; set; }

    /// <summary>The number of contacts in the group.</summary>
    public int MemberCount { get; set; }

    /// <summary>The revision of the book that last changed the group or its members.</summary>
    public long Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; set; }

    /// <summary>Takes over what a draft says. Its members, version and time are separate.</summary>
    public void Replace(BookKey book, GroupDraft draft)
    {
        Body = GroupView.Body(book, GroupId, draft);
        NameHash = draft.NameHash;
        DisplayName = CaseFolding.Text(draft.DisplayName!);
        GroupType = draft.StoredType;
        EncryptionKeyUrl = draft.EncryptionKeyUrl is null ? null : CaseFolding.Text(draft.EncryptionKeyUrl);
        IsMigration = draft.IsMigration;
        IsEncrypted = draft.IsEncrypted;
        Extension ??= draft.Extension?.Column;
    }

    /// <summary>Returns the hash that makes names unique: case-insensitive.</summary>
    public static byte[] HashName(string name) => Hash(CaseFolding.Text(name));

    /// <summary>
    /// Returns the hash that makes encrypted names unique: exact, per type and key. The separator U+0000 occurs in no stored text.
    /// </summary>
    public static byte[] HashCiphertext(string name, string type, string? key) => Hash($"{name}\0{type}\0{key}");

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
