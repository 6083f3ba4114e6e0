using System.Text;

namespace ContactsService.Storage;

/// <summary>
/// The place of a text in a list, for comparison by code points: the letters without accents and case, then the accents, then the case,
/// each only as far as it is needed. So Émile is near Emil, what has no accent comes before what has one, and lower case before upper case.
/// </summary>
internal static class SortText
{
    // Both sort before every letter, so that a beginning of a text comes before the text.
    private const char Separator = '\u0001';
    private const char Plain = '\u0002';

    private const char Upper = '\u0003';

    /// <summary>The key of a text; null sorts last.</summary>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return CaseFolding.Last;
        }

        var letters = new StringBuilder(text.Length);
        var accents = new StringBuilder();
        var cases = new StringBuilder();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count >= CaseFolding.SortLength)
            {
                break;
            }

            if (rune.IsAscii && rune.Value >= ' ')
            {
                letters.Append(char.ToLowerInvariant((char)rune.Value)); // most text
                count++;
                if (char.IsAsciiLetterUpper((char)rune.Value))
                {
                    Pad(cases, count - 1).Append(Upper);
                }

                continue;
            }

            var isUpper = Rune.IsUpper(rune);
            foreach (var part in Parts(rune))
            {
                if (TextFolding.IsAccent(part))
                {
                    if (accents.Length < CaseFolding.SortLength)
                    {
                        Pad(accents, count - 1).Append(part); // what an index can hold
                    }
                }
                else if (count < CaseFolding.SortLength)
                {
                    letters.Append(part);
                    count++;
                    if (isUpper)
                    {
                        Pad(cases, count - 1).Append(Upper);
                    }
                }
            }
        }

        return (accents.Length, cases.Length) switch
        {
            (0, 0) => letters.ToString(),
            (_, 0) => letters.Append(Separator).Append(accents).ToString(),
            _ => letters.Append(Separator).Append(accents).Append(Separator).Append(cases).ToString(),
        };
    }

    /// <summary>How the keys of all texts begin that begin so; both without case.</summary>
    public static string Beginning(string folded)
    {
        var letters = new StringBuilder(folded.Length);
        var count = 0;
        foreach (var part in folded.EnumerateRunes().SelectMany(Parts).Where(part => !TextFolding.IsAccent(part)))
        {
            if (count++ == CaseFolding.SortLength)
            {
                break;
            }

            letters.Append(part);
        }

        return letters.ToString();
    }

    // Control characters would be taken for separators.
    private static IEnumerable<Rune> Parts(Rune rune) =>
        TextFolding.Decompose(rune).EnumerateRunes().Select(part => part.Value < ' ' ? new Rune(' ') : part);

    // What has no mark at a place comes first there.
    private static StringBuilder Pad(StringBuilder marks, int place) => marks.Append(Plain, Math.Max(0, place - marks.Length));
}
