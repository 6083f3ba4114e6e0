using System.Text;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Filtering;

/// <summary>What somebody typed into a search box (<c>q</c>): words, all of which have to be found.</summary>
internal sealed record SearchQuery
{
    /// <summary>The most words of a search.</summary>
    public const int MaxTerms = 10;

    private const string Parameter = "q";
    private const int MaxLength = 256;

    // What a number is written with, besides its digits.
    private const string NumberPunctuation =
        "+-()./\u2010\u2011\u2012\u2013\u2014\u2212\uFF0B\uFF0D\uFF08\uFF09\uFF0E\uFF0F\u200E\u200F\u202A\u202C\u2066\u2069";

    /// <summary>All of them have to be found. Without one, nothing is: the text has neither letter nor digit.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    /// <summary>True when the region may change what it finds.</summary>
    public bool HasNumbers => Terms.Any(term => term.IsNumber);

    /// <summary>All terms as a tsquery over a book.</summary>
    public static string ToQuery(IEnumerable<QueryTerm> terms, Guid bookId, SearchScope scope, bool onlyWhole) =>
        string.Join(" & ", terms.Select(term => term.ToQuery(bookId, scope, onlyWhole)));

    /// <summary>Reads the text.</summary>
    /// <param name="text">As it was typed.</param>
    /// <param name="region">What national numbers mean; null when nothing is known.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: it is empty, too long or no storable text.</exception>
    public static SearchQuery Read(string text, string? region)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Refuse("Give q at least one word.");
        }

        if (text.Length > MaxLength || !TextLimits.IsStorable(text))
        {
            throw Refuse($"q has at most {MaxLength} characters, and neither U+0000 nor unpaired surrogates.");
        }

        List<QueryTerm> terms = IsNumber(text)
            ? [QueryTerm.OfNumber(text, region)]
            : [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(SearchText.WithoutScheme)
                .Select(token => IsNumber(token) ? QueryTerm.OfNumber(token, region) : QueryTerm.OfWords(token))
                .OfType<QueryTerm>()];
        return terms.Count <= MaxTerms
            ? new() { Terms = terms }
            : throw Refuse($"q has at most {MaxTerms} words.");
    }

    private static bool IsNumber(string text) =>
        CaseFolding.Digits(text).Length >= SearchKeys.MinDigits
        && text.EnumerateRunes().All(rune =>
            Rune.IsDigit(rune)
                || Rune.IsWhiteSpace(rune) || (rune.IsBmp && NumberPunctuation.Contains((char)rune.Value, StringComparison.Ordinal)));

    private static ProblemException Refuse(string why) => new(Problems.InvalidFilter, why) { Errors = { [Parameter] = [why] } };
}
