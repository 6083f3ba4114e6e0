using System.Globalization;
using System.Text;
using ContactsService.Storage;

namespace ContactsService.Filtering;

/// <summary>One word of a search, in all the ways in which it may be stored.</summary>
internal sealed record QueryTerm
{
    private const int MaxParts = 12;
    private const string UsualInternationalPrefix = "00";

    // Words that stand beside each other, the last of which may go on.
    private IReadOnlyList<IReadOnlyList<SearchWord>> Phrases { get; init; } = [];

    // Digits of a number from its first one on, and such within a number.
    private IReadOnlyList<string> Numbers { get; init; } = [];
    private IReadOnlyList<string> PartsOfNumbers { get; init; } = [];

    /// <summary>True for digits, which are looked for in numbers.</summary>
    public bool IsNumber => Numbers.Count > 0;

    /// <summary>True when so many words begin so that the index does not narrow the search.</summary>
    public bool IsShort =>
        PartsOfNumbers.Count == 0 && Phrases.Any(phrase => phrase is [{ IsIdeographic: false } only] && only.Spellings[0].Length < 3);

    /// <summary>A number: its digits, and those that a national one has when it is dialled from abroad, or the other way around.</summary>
    public static QueryTerm OfNumber(string text, string? region)
    {
        var digits = CaseFolding.Digits(text);
        var words = SearchText.Words(text);
        var whole = SearchText.Words(digits);
        return new()
        {
            Phrases = words.Count > 1 && !words.Skip(1).Any(word => word.IsSpaced) ? [whole, words] : [whole],
            Numbers = [digits, .. OtherForms(text, digits, NumberingPlans.Find(region), region)],
            PartsOfNumbers = [digits],
        };
    }

    /// <summary>A word, with what punctuation divides it into; null when there is no letter or digit in it.</summary>
    public static QueryTerm? OfWords(string text)
    {
        var words = SearchText.Words(text);
        if (words.Count == 0)
        {
            return null;
        }

        words = words[..Math.Min(words.Count, MaxParts)];
        return new() { Phrases = words.Any(word => word.IsJoined) ? [Joined(words), words] : [words] };
    }

    /// <summary>The term as a tsquery over a book.</summary>
    /// <param name="bookId">The book.</param>
    /// <param name="scope">Where to look.</param>
    /// <param name="onlyWhole">True for whole words and numbers only.</param>
    public string ToQuery(Guid bookId, SearchScope scope, bool onlyWhole)
    {
        var book = SearchKeys.Book(bookId);
        var end = onlyWhole ? "" : ":*";
        var alternatives = Phrases.Select(phrase => Phrase(book, phrase, scope, end));
        if (scope != SearchScope.Names)
        {
            alternatives = alternatives.Concat(Numbers.Select(digits => SearchKeys.Of(book, SearchPlace.Number, digits) + end));
            alternatives = onlyWhole ? alternatives : alternatives.Concat(PartsOfNumbers.Select(digits => Windows(book, digits)));
        }

        return $"({string.Join(" | ", alternatives)})";
    }

    private static string Phrase(string book, IReadOnlyList<SearchWord> words, SearchScope scope, string end)
    {
        // A word of an address is stored as one of a name when it is that, too; only a single one is of no use then.
        SearchPlace[] places = scope switch
        {
            SearchScope.Names => [SearchPlace.Name],
            SearchScope.Others when words.Count == 1 => [SearchPlace.Address],
            _ => [SearchPlace.Name, SearchPlace.Address],
        };
        var texts = words.Select((word, i) => string.Join(" | ", word.Spellings.SelectMany(
            _ => places, (spelling, place) => SearchKeys.Of(book, place, spelling) + (i == words.Count - 1 ? end : ""))));
        return $"({string.Join(") <-> (", texts)})";
    }

    // Entries that overlap or follow each other. The digits begin where an entry does, or one place behind it, after any digit.
    private static string Windows(string book, string digits)
    {
        const int Length = SearchKeys.WindowLength;
        var behind = string.Join(" | ", Enumerable.Range(0, 10).Select(
            before => SearchKeys.Of(book, SearchPlace.PartOfNumber, $"{before}{digits[..(Length - 1)]}")));
        return $"({Window(book, digits, 0)}{FollowingWindows(book, digits, 0)}) | (({behind}){FollowingWindows(book, digits, -1)})";
    }

    private static string FollowingWindows(string book, string digits, int first)
    {
        const int Length = SearchKeys.WindowLength;
        var query = new StringBuilder();
        for (var place = first; place + Length < digits.Length;)
        {
            // At least three digits: fewer begin too many entries.
            var next = digits.Length - (place + Length) < SearchKeys.MinDigits ? place + Length - SearchKeys.WindowStep : place + Length;
            query.Append(CultureInfo.InvariantCulture, $" <{next - place}> {Window(book, digits, next)}");
            place = next;
        }

        return query.ToString();
    }

    private static string Window(string book, string digits, int place)
    {
        var window = digits[place..Math.Min(place + SearchKeys.WindowLength, digits.Length)];
        return SearchKeys.Of(book, SearchPlace.PartOfNumber, window) + (window.Length < SearchKeys.WindowLength ? ":*" : "");
    }

    private static List<SearchWord> Joined(List<SearchWord> words)
    {
        var joined = new List<SearchWord>();
        foreach (var word in words)
        {
            if (word.IsJoined)
            {
                var before = joined[^1];
                joined[^1] = before with { Spellings = [.. before.Spellings.SelectMany(_ => word.Spellings, (start, end) => start + end)] };
            }
            else
            {
                joined.Add(word);
            }
        }

        return joined;
    }

    // Beginnings of numbers count, too: nobody types all of a number into a search box.
    private static IEnumerable<string> OtherForms(string text, string digits, NumberingPlan? plan, string? region)
    {
        var hasPlus = text.TrimStart() is ['+' or '\uFF0B', ..];
        var forms = new List<string>();
        if (PhoneNumber.Parse(hasPlus ? text.Trim() : digits, region) is { IsInternational: true } number)
        {
            forms.Add(number.Digits);
        }

        foreach (var international in hasPlus ? [digits] : WithoutInternationalPrefix(digits, plan))
        {
            forms.Add(international);
            if (plan is { NationalPrefixes: [var prefix, ..] } && international.StartsWith(plan.Code, StringComparison.Ordinal))
            {
                forms.Add(prefix + international[plan.Code.Length..]);
            }
        }

        if (plan is not null && !hasPlus)
        {
            forms.AddRange(plan.NationalPrefixes.Where(
                prefix => digits.StartsWith(prefix, StringComparison.Ordinal)).Select(prefix => plan.Code + digits[prefix.Length..]));
        }

        return forms.Where(form => form.Length >= SearchKeys.MinDigits && form != digits).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> WithoutInternationalPrefix(string digits, NumberingPlan? plan) =>
        (plan?.InternationalPrefixes.Where(prefix => prefix.Matches(digits)).Select(prefix => prefix.Beginning.Length)
            ?? (digits.StartsWith(UsualInternationalPrefix, StringComparison.Ordinal) ? [UsualInternationalPrefix.Length] : []))
        .Select(length => digits[length..]);
}
