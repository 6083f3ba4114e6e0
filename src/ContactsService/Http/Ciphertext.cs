using System.Buffers.Text;
using System.Text.Json;

namespace ContactsService.Http;

/// <summary>Distinguishes ciphertext, as clients with end-to-end encryption write it, from plain text. No key is needed.</summary>
internal static class Ciphertext
{
    // A JSON object in Base64url begins with eyJ for {", and with ey when a space or line feed follows the brace.
    private const string Start = "ey";

    /// <summary>True for text that begins with the header of a compact JWE (RFC 7516, 3.1). Some clients write the header alone.</summary>
    public static bool Is(string? text) =>
        text is not null
        && text.StartsWith(Start, StringComparison.Ordinal)
        && IsHeader(text.AsSpan(0, text.IndexOf('.') is >= 0 and var end ? end : text.Length));

    // Ordinary words may begin with ey too, but they are not JSON.
    private static bool IsHeader(ReadOnlySpan<char> segment)
    {
        if (!Base64Url.IsValid(segment))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(segment));
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
