using System.Text.Json;

namespace ContactsService.Scim;

/// <summary>A token of a filter.</summary>
/// <param name="Text">A word, a bracket, or the value of a string; empty at the end.</param>
/// <param name="IsString">True for a quoted string.</param>
/// <param name="Place">The position of its first character, from 1.</param>
internal readonly record struct ScimToken(string Text, bool IsString, int Place)
{
    /// <summary>True for this word or bracket, case-insensitively (RFC 7644, 3.4.2.2).</summary>
    public bool Is(string word) => !IsString && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the token after the last one.</summary>
    public bool IsEnd => !IsString && Text.Length == 0;
}

/// <summary>Splits a filter or a path into words, brackets and strings.</summary>
internal static class ScimFilterTokens
{
    private const string Brackets = "()[]";

    /// <summary>Returns the tokens, followed by an end token.</summary>
    /// <exception cref="FormatException">A string is not valid JSON, or a character is not allowed.</exception>
    public static List<ScimToken> Read(string text)
    {
        var tokens = new List<ScimToken>();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            var end = End(text, at);
            var piece = text[at..end];
            tokens.Add(piece[0] == '"' ? new(Unescape(piece, at), IsString: true, at + 1) : new(piece, IsString: false, at + 1));
            at = end;
        }

        tokens.Add(new("", IsString: false, text.Length + 1));
        return tokens;
    }

    private static int End(string text, int start)
    {
        if (text[start] == '"')
        {
            return EndOfString(text, start);
        }

        if (Brackets.Contains(text[start], StringComparison.Ordinal))
        {
            return start + 1;
        }

        var end = start;
        while (end < text.Length && IsOfWord(text[end]))
        {
            end++;
        }

        return end > start ? end : throw new FormatException($"Character {start + 1} is not allowed here.");
    }

    private static int EndOfString(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i + 1;
            }

            if (text[i] == '\\')
            {
                i++;
            }
        }

        throw new FormatException($"The string at character {start + 1} is not closed.");
    }

    private static string Unescape(string piece, int start)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(piece)!;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The string at character {start + 1} is not a valid JSON string.", broken);
        }
    }

    // Names with URNs and dots, $ref, and numbers.
    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '.' or '$' or '+';
}
