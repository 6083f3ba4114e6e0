using System.Security.Cryptography;
using System.Text;
using ContactsService.Storage;

namespace ContactsService.Groups;

/// <summary>A group of one book.</summary>
internal sealed class Group
{
    /// <summary>The book.</summary>
    public Guid BookId { get; init; }

    /// <summary>The organization of the book.</summary>
    public required string Organization { get; init; }

    /// <summary>A UUID version 7.</summary>
    public Guid GroupId { get; init; }

    /// <summary>The members of its JSON that the columns below do not hold, ready for the wire.</summary>
    public required string Body { get; set; }

    /// <summary>See <see cref="GroupDraft.NameHash"/>; unique in the book.</summary>
    public required byte[] NameHash { get; set; }

    /// <summary>The folded name, to filter and sort by.</summary>
    public required string DisplayName { get; set; }

    /// <summary><c>NORMAL</c> or <c>EXTERNAL</c>.</summary>
    public required string GroupType { get; set; }

    /// <summary>Folded; null when not set.</summary>
    public string? EncryptionKeyUrl { get; set; }

    /// <summary>Null when not set.</summary>
    public bool? IsMigration { get; set; }

    /// <summary>What adapters keep beside it: a JSON object with a member for each of them; null when there is nothing. See <see cref="Http.Extension"/>.</summary>
    public string? Extension { get; set; }

    /// <summary>See <see cref="GroupDraft.IsEncrypted"/>.</summary>
    public bool IsEncrypted { get; set; }

    /// <summary>How many contacts are in it.</summary>
    public int MemberCount { get; set; }

    /// <summary>The revision of the book that last changed the group or its members.</summary>
    public long Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>UTC.</summary>
    public DateTime LastModified { get; set; }

    /// <summary>What makes two names the same: equal but for case.</summary>
    public static byte[] HashName(string name) => Hash(CaseFolding.Text(name));

    /// <summary>What makes two encrypted names the same: to the letter, for one type and with one key. No stored text has a U+0000.</summary>
    public static byte[] HashCiphertext(string name, string type, string? key) => Hash($"{name}\0{type}\0{key}");

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
