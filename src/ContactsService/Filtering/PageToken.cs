using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Filtering;

/// <summary>The feature of a request for such a route: encrypts and authenticates its page tokens, for its caller.</summary>
/// <param name="Close">Seals a text. Equal texts give equal results.</param>
/// <param name="Open">Returns the text; null when it was not sealed here for this caller.</param>
internal sealed record PageTokenSeal(Func<byte[], byte[]> Close, Func<byte[], byte[]?> Open);

/// <summary>
/// The place in a list behind which the next page begins: the sort keys and the id of the last entry.
/// It names a place, not a row, so it stays right when rows before it come, go or change.
/// </summary>
internal static class PageToken
{
    /// <summary>What a token is bound to: the caller and the query, without the size of the page.</summary>
    public static string Binding(params IEnumerable<string> parts)
    {
        var text = string.Join('\n', parts.Select(part => $"{part.Length}:{part}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..8]);
    }

    /// <summary>An opaque token.</summary>
    public static string Write(PageTokenSeal seal, string binding, IReadOnlyList<object> keys, string id) =>
        Base64Url.EncodeToString(seal.Close(JsonSerializer.SerializeToUtf8Bytes(
            (string[])[binding, .. keys.Select(key => Convert.ToString(key, CultureInfo.InvariantCulture)!), id])));

    /// <summary>The place a token stands for: a value for each sort key, then the id.</summary>
    /// <exception cref="ProblemException"><c>invalid-page-token</c>: made for another query or caller, or not made here.</exception>
    public static IReadOnlyList<object> Read(PageTokenSeal seal, string token, string binding, IReadOnlyList<SortKey> order)
    {
        try
        {
            var parts = seal.Open(Base64Url.DecodeFromChars(token)) is { } text ? JsonSerializer.Deserialize<string[]>(text) ?? [] : [];
            if (parts.Length == order.Count + 2 && parts[0] == binding
                && parts.All(part => part is not null && TextLimits.IsStorable(part)))
            {
                return
                [
                    .. order.Select((key, i) =>
                        key.IsText ? parts[i + 1] : (object)long.Parse(parts[i + 1], CultureInfo.InvariantCulture)),
                    parts[^1],
                ];
            }
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException or OverflowException or InvalidOperationException)
        {
            // Answered below, like a token of another query.
        }

        const string Why = "This page token was made for another query. Start again without pageToken.";
        throw new ProblemException(Problems.InvalidPageToken, Why) { Errors = { ["pageToken"] = [Why] } };
    }
}
