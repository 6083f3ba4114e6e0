namespace ContactsService.Contacts;

/// <summary>Tells what clients that encrypt have written from plain text, without a key.</summary>
internal static class Ciphertext
{
    // A compact JWE begins with a JSON object in Base64url: {" is eyJ, and with a blank or a line feed in between still ey (RFC 7516, 3.1).
    private const string Start = "ey";

    /// <summary>True for what looks like a compact JWE.</summary>
    public static bool Is(string? text) => text?.StartsWith(Start, StringComparison.Ordinal) == true;

    /// <summary>True when everything that such a client decrypts is ciphertext; it leaves empty texts as they are.</summary>
    public static bool IsAll(ContactDraft draft) =>
        ContactText.All.Where(text => text.IsEncrypted).Select(text => text.Get(draft)).All(text => string.IsNullOrEmpty(text) || Is(text))
        && ContactText.Address.Select(text => text.Get(draft)).All(text => text is null || Is(text))
        && Values(draft).All(Is);

    private static IEnumerable<string?> Values(ContactDraft draft) =>
        new[] { draft.Emails, draft.PhoneNumbers, draft.SipAddresses }.SelectMany(points => points ?? []).Select(point => point.Value);
}
