using System.Buffers;
using System.Globalization;
using System.Text;
using ContactsService.Storage;

namespace ContactsService.Filtering;

/// <summary>
/// A word of a text as it is searched for: folded, in one or more spellings (<c>muller</c> and <c>mueller</c> for Müller).
/// </summary>
/// <param name="Spellings">At least one.</param>
/// <param name="IsIdeographic">True for Chinese, Japanese and Korean, which are found anywhere; symbols count as such.</param>
/// <param name="IsJoined">True when an apostrophe or hyphen, and nothing else, stands between the word before it and this one.</param>
/// <param name="IsSpaced">True when it is the first one, or only blanks stand between the word before it and this one.</param>
internal readonly record struct SearchWord(IReadOnlyList<string> Spellings, bool IsIdeographic, bool IsJoined, bool IsSpaced);

/// <summary>
/// Splits texts into words for the search, stored texts and those asked for alike. Case, accents and width are taken away; what is neither
/// letter, digit nor symbol separates.
/// </summary>
internal static class SearchText
{
    /// <summary>Characters of a word that count; longer ones are found by their beginning.</summary>
    public const int MaxWordLength = 32;

    private const char Umlaut = '\u0308';
    private const char VoicedMark = '\u3099';
    private const char SemiVoicedMark = '\u309A';

    private static readonly SearchValues<char> Apostrophes = SearchValues.Create(
        "'\u2018\u2019\u201B\u02B9\u02BB\u02BC\u02BD\u02BE\u02BF\u02C8\u055A\u05F3\u05F4\u00B4`\uFF07\uA78C\u2032");

    private static readonly string[] Schemes = ["sip:", "sips:", "mailto:", "tel:"];

    /// <summary>The words of a text in their order.</summary>
    public static List<SearchWord> Words(string text)
    {
        var words = new List<SearchWord>();
        var word = new WordBuilder();
        var separator = Separator.Space;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                Take(new Rune(char.ToLowerInvariant((char)rune.Value))); // most text
                continue;
            }

            if (rune.IsBmp && Apostrophes.Contains((char)rune.Value))
            {
                Separate(Separator.Joiner);
                continue;
            }

            foreach (var part in TextFolding.Decompose(rune).EnumerateRunes())
            {
                Take(part);
            }
        }

        End();
        return words;

        void Take(Rune rune)
        {
            rune = !rune.IsAscii && Rune.IsDigit(rune) ? new Rune('0' + (int)Rune.GetNumericValue(rune)) : rune;
            var kind = Classify(rune);
            switch (kind)
            {
                case Kind.Accent:
                    word.AddAccent(rune);
                    break;
                case Kind.Mark:
                    word.Add(rune);
                    break;
                case Kind.Letter or Kind.Ideograph or Kind.Symbol:
                    if (word.Length > 0 && !word.Takes(kind))
                    {
                        End();
                        separator = Separator.None;
                    }

                    word.Begin(kind);
                    word.Add(rune);
                    break;
                case Kind.Space:
                    Separate(Separator.Space);
                    break;
                case Kind.Hyphen:
                    Separate(Separator.Joiner);
                    break;
                default:
                    Separate(Separator.Other);
                    break;
            }
        }

        void Separate(Separator next)
        {
            if (word.Length > 0)
            {
                End();
                separator = next;
            }
            else
            {
                separator = separator == next ? next : Separator.Other;
            }
        }

        void End()
        {
            if (word.Length > 0)
            {
                words.Add(new(
                    word.ToSpellings(),
                    word.IsIdeographic,
                    separator == Separator.Joiner && words.Count > 0,
                    separator == Separator.Space || words.Count == 0));
                word = new WordBuilder();
            }
        }
    }

    /// <summary>An address without <c>sip:</c> and the like.</summary>
    public static string WithoutScheme(string text) =>
        text[(Array.Find(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) ?? "").Length..];

    /// <summary>The beginning that counts, not between the halves of a surrogate pair.</summary>
    public static string Cut(string word) => word.Length <= MaxWordLength
        ? word : word[..(char.IsHighSurrogate(word[MaxWordLength - 1]) ? MaxWordLength - 1 : MaxWordLength)];

    private static Kind Classify(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value) ? Kind.Letter
                : rune.Value switch { ' ' or '\t' or '\n' or '\r' => Kind.Space, '-' => Kind.Hyphen, _ => Kind.Other };
        }

        if (TextFolding.IsAccent(rune))
        {
            return Kind.Accent;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Mark,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
                => IsIdeograph(rune) ? Kind.Ideograph : Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber => Kind.Letter,
            UnicodeCategory.OtherSymbol => Kind.Symbol,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Kind.Space,
            UnicodeCategory.DashPunctuation => Kind.Hyphen,
            _ => Kind.Other,
        };
    }

    // Han, kana, bopomofo and Hangul; 々 and ー are letters of them.
    private static bool IsIdeograph(Rune rune) => rune.Value is
        (>= 0x1100 and < 0x1200) or (>= 0x2E80 and < 0x3000) or (>= 0x3005 and < 0x3008) or (>= 0x3021 and < 0x302A)
        or (>= 0x3031 and < 0x3190) or (>= 0x31A0 and < 0x3200) or (>= 0x3400 and < 0x4DC0) or (>= 0x4E00 and < 0xA000)
        or (>= 0xA960 and < 0xA980)
        or (>= 0xAC00 and < 0xD800) or (>= 0xF900 and < 0xFB00) or (>= 0x1B000 and < 0x1B170) or (>= 0x20000 and < 0x32000);

    private enum Separator
    {
        None,
        Space,
        Joiner,
        Other,
    }

    private enum Kind
    {
        Letter,
        Ideograph,
        Symbol,
        Mark,
        Accent,
        Space,
        Hyphen,
        Other,
    }

    /// <summary>One word while it is read. The second spelling has an e behind a, o and u where the text has an umlaut.</summary>
    private sealed class WordBuilder
    {
        private readonly StringBuilder plain = new();
        private StringBuilder? expanded;
        private Kind kind;

        public int Length => plain.Length;

        public bool IsIdeographic => kind is Kind.Ideograph or Kind.Symbol;

        // Each symbol is a word.
        public bool Takes(Kind next) => kind == next && kind != Kind.Symbol;

        public void Begin(Kind first) => kind = first;

        public void Add(Rune rune)
        {
            if (rune.IsAscii)
            {
                plain.Append((char)rune.Value);
                expanded?.Append((char)rune.Value);
                return;
            }

            if (plain.Length > 0 && rune.IsBmp && Compose(plain[^1], (char)rune.Value) is { } composed)
            {
                plain[^1] = composed;
                return;
            }

            plain.Append(rune);
            expanded?.Append(rune);
        }

        public void AddAccent(Rune accent)
        {
            if (accent.Value == Umlaut && plain.Length > 0 && plain[^1] is 'a' or 'o' or 'u')
            {
                expanded ??= new StringBuilder(plain.ToString());
                expanded.Append('e');
            }
        }

        public IReadOnlyList<string> ToSpellings() => expanded is null ? [plain.ToString()] : [plain.ToString(), expanded.ToString()];

        // Kana with a mark behind it, and Hangul letter by letter (Unicode, 3.12), as half-width texts and some file systems write them.
        private static char? Compose(char before, char next) => (before, next) switch
        {
            ('\u3046' or '\u30A6', VoicedMark) => (char)(before + 0x4E),
            ( >= '\u304B' and <= '\u30DB', VoicedMark) => (char)(before + 1),
            ( >= '\u306F' and <= '\u30DB', SemiVoicedMark) => (char)(before + 2),
            ( >= '\u1100' and <= '\u1112', >= '\u1161' and <= '\u1175') => (char)(0xAC00 + (((before - 0x1100) * 21 + next - 0x1161) * 28)),
            ( >= '\uAC00' and <= '\uD7A3', >= '\u11A8' and <= '\u11C2') when (before - 0xAC00) % 28 == 0 => (char)(before + next - 0x11A7),
            _ => null,
        };
    }
}
