using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>What an adapter hands to the writer: the contact as somebody wants it to be, and how the adapter wants it taken.</summary>
internal sealed record ContactDraft : Contact
{
    /// <summary>What the adapter keeps beside the contact; null leaves what is there.</summary>
    internal Extension? Extension { get; init; }

    /// <summary>True when it comes from a client that encrypts: its texts are taken for ciphertext, and need not name anything.</summary>
    internal bool IsFromEncryptingClient { get; init; }

    /// <summary>True when groups that are not the caller's are left out, instead of refusing the draft.</summary>
    internal bool SkipsUnknownGroups { get; init; }

    /// <summary>True for what was in the directory once; those who have it keep the name.</summary>
    internal bool IsDeparted { get; init; }

    /// <summary>
    /// True when a client that encrypts lists it: the key is named, and something that such a client would decrypt is ciphertext.
    /// </summary>
    internal bool IsEncrypted =>
        !string.IsNullOrEmpty(EncryptionKeyUrl) && (IsFromEncryptingClient || AllEncryptedTexts().Any(Ciphertext.Is));

    /// <summary>True when such a client could not decrypt all of what it lists: plain text stands beside ciphertext.</summary>
    internal bool HasPlainText => !IsFromEncryptingClient && IsEncrypted && !AllEncryptedTexts().All(Ciphertext.Is);

    private IEnumerable<string?> AllEncryptedTexts() => ContactField.All.SelectMany(field => field.EncryptedTexts(this));
}
