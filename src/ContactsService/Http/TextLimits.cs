namespace ContactsService.Http;

/// <summary>What every text and id that callers send must satisfy.</summary>
internal static class TextLimits
{
    /// <summary>The longest string of a body, in characters (Unicode scalar values).</summary>
    public const int MaxTextLength = 16_384;

    /// <summary>The longest contact, organization or user id, in characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>What to say of an id that is none.</summary>
    public static readonly string IdRule = $"It has 1 to {MaxIdLength} characters of A–Z a–z 0–9 - . _ ~.";

    /// <summary>False for U+0000 and halves of surrogate pairs, which PostgreSQL does not store.</summary>
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

    /// <summary>True for texts within <see cref="MaxTextLength"/>.</summary>
    public static bool IsShortEnough(string text) =>
        text.Length <= MaxTextLength || text.Length - text.Count(char.IsLowSurrogate) <= MaxTextLength;

    /// <summary>True for 1 to 128 characters of <c>A–Z a–z 0–9 - . _ ~</c> (RFC 3986, 2.3); one or two dots alone are no part of a path (5.2.4).</summary>
    public static bool IsId(string? text) =>
        text is { Length: > 0 and <= MaxIdLength } and not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}
