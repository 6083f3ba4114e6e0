using System.Globalization;
using System.Text;
using ContactsService.Storage;

namespace ContactsService.Filtering;

/// <summary>Collects the entries of one contact for the search index. Names come first.</summary>
internal sealed class SearchVector(Guid bookId)
{
    /// <summary>The most entries of a contact; what comes behind is not found.</summary>
    public const int MaxEntries = 2000;

    private const int MaxPosition = 16_383; // of a tsvector
    private const int MaxPositions = 16;
    private const int MaxJoined = 6;
    private const int MaxNumberLength = 64;

    // In surnames, written apart or together: vanderberg finds van der Berg.
    private static readonly HashSet<string> Particles = new(
        [
            "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "el", "al", "bin", "ben",
            "mac", "mc", "st", "ter", "ten", "zu", "zur", "o",
        ],
        StringComparer.Ordinal);

    private readonly string book = SearchKeys.Book(bookId);
    private readonly Dictionary<string, List<int>> entries = new(StringComparer.Ordinal);
    private int position;

    /// <summary>Adds the words of a name.</summary>
    public void AddName(string text)
    {
        var words = SearchText.Words(text);
        for (var i = 0; i < words.Count; i++)
        {
            position++;
            AddWord(words[i]);
            if (words[i].IsIdeographic)
            {
                AddEndings(words, i);
            }
            else
            {
                AddJoined(words, i);
            }
        }

        position++; // words of two texts are not beside each other
    }

    /// <summary>Adds the parts of an e-mail or SIP address.</summary>
    public void AddAddress(string text)
    {
        foreach (var word in SearchText.Words(SearchText.WithoutScheme(text)))
        {
            position++;
            foreach (var spelling in word.Spellings)
            {
                var name = SearchKeys.Of(book, SearchPlace.Name, spelling);
                Add(entries.ContainsKey(name) ? name : SearchKeys.Of(book, SearchPlace.Address, spelling), position);
            }
        }

        position++;
    }

    /// <summary>Adds the digits of a phone number, as they are written and as they are dialled from abroad.</summary>
    public void AddNumber(string text)
    {
        if (text.Length > MaxNumberLength)
        {
            return;
        }

        var digits = CaseFolding.Digits(text);
        if (digits.Length < SearchKeys.MinDigits)
        {
            return;
        }

        Add(SearchKeys.Of(book, SearchPlace.Number, digits));
        if (PhoneNumber.Parse(text, region: null) is { } number && number.Digits != digits)
        {
            Add(SearchKeys.Of(book, SearchPlace.Number, number.Digits)); // the digits within it stand in the other one, too
        }

        for (var i = 0; i <= digits.Length - SearchKeys.MinDigits; i += SearchKeys.WindowStep)
        {
            var window = digits[i..Math.Min(i + SearchKeys.WindowLength, digits.Length)];
            Add(SearchKeys.Of(book, SearchPlace.PartOfNumber, window), position + 1 + i);
        }

        position += digits.Length + 1;
    }

    /// <summary>The text of the tsvector.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(entries.Count * 16);
        foreach (var (entry, positions) in entries)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(entry);
            for (var i = 0; i < positions.Count; i++)
            {
                text.Append(i == 0 ? ':' : ',').Append(CultureInfo.InvariantCulture, $"{positions[i]}");
            }
        }

        return text.ToString();
    }

    private void AddWord(SearchWord word)
    {
        foreach (var spelling in word.Spellings)
        {
            Add(SearchKeys.Of(book, SearchPlace.Name, spelling), position);
        }
    }

    // O'Brien, Jean-Luc, van der Berg: each of the words together with those behind it.
    private void AddJoined(List<SearchWord> words, int first)
    {
        for (var last = first + 1; last < words.Count && last - first < MaxJoined && IsJoined(words[last - 1], words[last]); last++)
        {
            for (var spelling = 0; spelling < 2; spelling++)
            {
                var joined = string.Concat(
                    words[first..(last + 1)].Select(word => word.Spellings[Math.Min(spelling, word.Spellings.Count - 1)]));
                Add(SearchKeys.Of(book, SearchPlace.Name, joined), position + last - first);
            }
        }
    }

    private static bool IsJoined(SearchWord word, SearchWord next) =>
        !next.IsIdeographic && (next.IsJoined || (next.IsSpaced && Particles.Contains(word.Spellings[0])));

    // Chinese, Japanese and Korean names are not always written apart: a search may begin at any of their characters.
    private void AddEndings(List<SearchWord> words, int first)
    {
        var run = new StringBuilder(words[first].Spellings[0]);
        var length = run.Length;
        foreach (var word in words.Skip(first + 1).TakeWhile(word => word is { IsIdeographic: true, IsSpaced: true }))
        {
            run.Append(word.Spellings[0]);
        }

        var text = run.ToString();
        for (var i = 0; i < length; i += char.IsHighSurrogate(text[i]) ? 2 : 1)
        {
            AddPart(text, i, text.Length);
            AddPart(text, i, length);
        }
    }

    // What counts of the part, and one character more, which tells that it is cut: a copy of all of it would cost the square of a text.
    private void AddPart(string text, int start, int end) => Add(
        SearchKeys.Of(book, SearchPlace.Name, text[start..Math.Min(end, start + SearchText.MaxWordLength + 1)]), position);

    private void Add(string entry, int? place = null)
    {
        if (!entries.TryGetValue(entry, out var positions))
        {
            if (entries.Count >= MaxEntries)
            {
                return;
            }

            entries.Add(entry, positions = []);
        }

        if (place is { } number && positions.Count < MaxPositions && number <= MaxPosition && !positions.Contains(number))
        {
            positions.Add(number);
        }
    }
}
