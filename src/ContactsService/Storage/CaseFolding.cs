using System.Text;

namespace ContactsService.Storage;

/// <summary>
/// Makes two texts that mean the same equal: the one place for it, used on what is stored and on what is asked for.
/// No culture and no ICU, so every machine folds alike; composed and decomposed accents stay different texts.
/// </summary>
internal static class CaseFolding
{
    /// <summary>The longest part of a name that decides its place in a list, in characters.</summary>
    public const int SortLength = 256;

    /// <summary>Sorts behind every text: what is absent comes last.</summary>
    public const string Last = "\U0010FFFF";

    private const int MaxPhoneNumberLength = 64;

    /// <summary>Without case: upper case first, so that ς, ſ and µ meet their siblings; ß is ss.</summary>
    public static string Text(string value)
    {
        var folded = value.ToUpperInvariant().ToLowerInvariant();
        return folded.Contains('ß', StringComparison.Ordinal) ? folded.Replace("ß", "ss", StringComparison.Ordinal) : folded;
    }

    /// <summary>The digits of a phone number. What has none, or is too long to be one (ciphertext), stays text.</summary>
    public static string Phone(string value)
    {
        if (value.Length > MaxPhoneNumberLength)
        {
            return Text(value);
        }

        var digits = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes().Where(Rune.IsDigit))
        {
            digits.Append((int)Rune.GetNumericValue(rune));
        }

        return digits.Length == 0 ? Text(value) : digits.ToString();
    }

    /// <summary>The place of a text in a list; null comes last.</summary>
    public static string SortKey(string? folded) =>
        folded is null ? Last : folded.Length <= SortLength ? folded : Cut(folded);

    // Not between the halves of a surrogate pair: PostgreSQL takes no half.
    private static string Cut(string text) =>
        text[..(char.IsHighSurrogate(text[SortLength - 1]) ? SortLength - 1 : SortLength)];
}
