using System.Text;

namespace ContactsService.Storage;

/// <summary>
/// Normalizes text for comparison. Stored values and filter values both pass through here.
/// It uses no culture and no ICU, so every machine folds alike. Composed and decomposed accents stay different (decision 0005).
/// </summary>
internal static class CaseFolding
{
    /// <summary>The number of characters of a name that count for its position in a list.</summary>
    public const int SortLength = 256;

    /// <summary>Sorts after every text: absent values come last.</summary>
    public const string Last = "\U0010FFFF";

    private const int MaxPhoneNumberLength = 64;

    /// <summary>Removes case. Upper case first, so that ς, ſ and µ fold like their other forms; ß becomes ss.</summary>
    public static string Text(string value)
    {
        var folded = value.ToUpperInvariant().ToLowerInvariant();
        return folded.Contains('ß', StringComparison.Ordinal) ? folded.Replace("ß", "ss", StringComparison.Ordinal) : folded;
    }

    /// <summary>
    /// The digits of a phone number. A value without digits, or one too long for a number (ciphertext), is folded as text.
    /// </summary>
    public static string Phone(string value)
    {
        if (value.Length > MaxPhoneNumberLength)
        {
            return Text(value);
        }

        var digits = Digits(value);
        return digits.Length == 0 ? Text(value) : digits;
    }

    /// <summary>All digits of a text, of whichever script, as 0 to 9.</summary>
    public static string Digits(string value)
    {
        var digits = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes().Where(Rune.IsDigit))
        {
            digits.Append((int)Rune.GetNumericValue(rune));
        }

        return digits.ToString();
    }

}
