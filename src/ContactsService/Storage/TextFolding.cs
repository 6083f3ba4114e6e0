using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace ContactsService.Storage;

/// <summary>
/// Takes letters apart into base letters and marks, without case and width, by TextFolding.csv (decision 0005). Unlike
/// <see cref="CaseFolding"/> it is for search and order, where é and e are near each other. Each character is taken apart for itself, so
/// the beginning of a text gives the beginning of what the whole text gives.
/// </summary>
internal static class TextFolding
{
    private const int Tatweel = 0x640;

    private static readonly FrozenDictionary<int, string> Decompositions = ReadAll();

    /// <summary>
    /// The base letters and, behind each, its marks; in lower case. Empty for what has no meaning of its own, such as direction marks.
    /// </summary>
    public static string Decompose(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));
        if (lower.IsAscii)
        {
            return AsciiTexts[lower.Value];
        }

        if (Decompositions.TryGetValue(lower.Value, out var decomposition))
        {
            return decomposition;
        }

        return Rune.GetUnicodeCategory(lower) == UnicodeCategory.Format || lower.Value == Tatweel ? "" : lower.ToString();
    }

    /// <summary>
    /// True for marks that stand for the accent of a letter: in Latin, Greek and Cyrillic, the points of Hebrew and Arabic, variation
    /// selectors. The marks of other scripts are vowels.
    /// </summary>
    public static bool IsAccent(Rune rune) => rune.Value switch
    {
        < 0x300 => false,
        < 0x370 => true,
        < 0x750 or (>= 0x898 and < 0x900) or (>= 0x1AB0 and < 0x1B00) or (>= 0x1DC0 and < 0x1E00) or (>= 0x20D0 and < 0x2100)
            or (>= 0xFE00 and < 0xFE10) or (>= 0xFE20 and < 0xFE30) or 0xFB1E or (>= 0xE0100 and < 0xE01F0)
            => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark,
        _ => false,
    };

    private static readonly string[] AsciiTexts = [.. Enumerable.Range(0, 128).Select(i => ((char)i).ToString())];

    private static FrozenDictionary<int, string> ReadAll()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("TextFolding.csv")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.TrimEnd('\r').Split(';'))
            .ToFrozenDictionary(row => Hex(row[0]), row => string.Concat(row[1].Split(' ').Select(code => new Rune(Hex(code)).ToString())));
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
