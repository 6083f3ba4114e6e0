using System.Buffers.Text;
using System.Text.Json;

namespace ContactsService.Http;

/// <summary>Tells what clients that encrypt have written from plain text, without a key.</summary>
internal static class Ciphertext
{
    // A JSON object in Base64url: {" is eyJ, and with a blank or a line feed in between still ey.
    private const string Start = "ey";

    /// <summary>True for what begins like a compact JWE (RFC 7516, 3.1): with a header. Some clients' texts are the header alone.</summary>
    public static bool Is(string? text) =>
        text is not null && text.StartsWith(Start, StringComparison.Ordinal) && IsHeader(text.AsSpan(0, text.IndexOf('.') is >= 0 and var end ? end : text.Length));

    // Words may begin with ey, too, but they are no JSON.
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
