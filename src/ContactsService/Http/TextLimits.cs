namespace ContactsService.Http;

/// <summary>The limits for all texts and ids of callers.</summary>
internal static class TextLimits
{
    /// <summary>The maximum length of a string in a body, in characters (Unicode scalar values).</summary>
    public const int MaxTextLength = 16_384;

    /// <summary>The maximum length of a contact, organization or user id, in characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>The message for an invalid id.</summary>
    public static readonly string IdRule = $"Must have 1 to {MaxIdLength} characters of A–Z a–z 0–9 - . _ ~.";

    /// <summary>False for text with U+0000 or unpaired surrogates, which PostgreSQL does not store.</summary>
    public static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0' || char.IsLowSurrogate(c))
            {
                return false;
            }

            if (char.IsHighSurrogate(c) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for text within <see cref="MaxTextLength"/>.</summary>
    public static bool IsShortEnough(string text) =>
        text.Length <= MaxTextLength || text.Length - text.Count(char.IsLowSurrogate) <= MaxTextLength;

    /// <summary>
    /// True for 1 to 128 characters of <c>A–Z a–z 0–9 - . _ ~</c> (RFC 3986, 2.3). One or two dots alone cannot be a path segment (5.2.4).
    /// </summary>
    public static bool IsId(string? text) =>
        text is { Length: > 0 and <= MaxIdLength } and not ("." or "..")
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}
