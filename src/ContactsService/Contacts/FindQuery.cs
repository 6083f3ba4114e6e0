using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>The query of a search by <c>q</c> or <c>caller</c>, read and checked.</summary>
internal sealed record FindQuery
{
    public const int DefaultPageSize = 20;

    public const int MaxPageSize = 100;

    private const string WordsName = "q";
    private const string Number = "caller";
    private const string Region = "region";

    /// <summary>The names of the parameters of a search or a list that are no filters.</summary>
    public static readonly IReadOnlyList<string> Names = [WordsName, Number, Region, .. ListQuery.Parameters];

    /// <summary>The words that are searched for; null when it is a number.</summary>
    public required string? Words { get; init; }

    /// <summary>The number of who is calling; null for a search by words.</summary>
    public required CallerNumber? CallerNumber { get; init; }

    /// <summary>The filters, of which all have to hold.</summary>
    public required Predicate Filter { get; init; }

    /// <summary>At most so many contacts; 1 to 100.</summary>
    public required int PageSize { get; init; }

    /// <summary>The members to answer with; null for all.</summary>
    public required HashSet<string>? Fields { get; init; }

    /// <summary>
    /// The parameters in the OpenAPI document. Without examples: Swagger UI would send them all, and they exclude each other.
    /// </summary>
    public static IReadOnlyList<DescribedParameter> Parameters { get; } =
    [
        new(WordsName, "Words that begin words of names or addresses, or are part of numbers, such as ann mül 0221; "
            + "the best matches first. pageSize is 1 to 100, or 20."),
        new(Number, "A phone number as a network gives it, such as +492215550134: who is calling, however the number was written down. "
            + "pageSize as with q."),
        new(Region, "What a national number in caller means: a country of ISO 3166-1, such as DE. "
            + "The organization's region when left out."),
    ];

    /// <summary>True when the query is a search, not a list.</summary>
    public static bool IsSearch(IQueryCollection query) =>
        query.ContainsKey(WordsName) || query.ContainsKey(Number) || query.ContainsKey(Region);

    /// <summary>Reads the query of a search.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>.</exception>
    public static FindQuery Read(IQueryCollection query)
    {
        foreach (var name in (string[])["sort", "pageToken"])
        {
            if (query.ContainsKey(name))
            {
                throw Refuse(name, $"A search by {WordsName} or {Number} has its own order and one page. Leave {name} out.");
            }
        }

        var words = ReadText(query, WordsName);
        var filters = query.Where(parameter => !Names.Contains(parameter.Key, StringComparer.Ordinal)).Select(parameter =>
            FilterReader.Read(ContactAttributes.All, parameter.Key, [.. parameter.Value.Select(value => value ?? "")]));
        return new()
        {
            Words = words,
            CallerNumber = ReadNumber(query, words),
            Filter = new And([.. filters]),
            PageSize = ListQuery.ReadPageSize(query, DefaultPageSize, MaxPageSize),
            Fields = ListQuery.ReadFields(query, ContactAttributes.All, ContactAttributes.Members),
        };
    }

    private static CallerNumber? ReadNumber(IQueryCollection query, string? words)
    {
        var (number, region) = (ReadText(query, Number), ListQuery.One(query, Region));
        if (words is not null && number is not null)
        {
            throw Refuse(Number, $"{WordsName} and {Number} exclude each other. Leave one of them out.");
        }

        if (region is not null && number is null)
        {
            throw Refuse(Region, $"{Region} says what a national number in {Number} means. Leave it out without {Number}.");
        }

        return number is null ? null : new CallerNumber(number, region is null ? null : ReadRegion(region));
    }

    private static string? ReadText(IQueryCollection query, string name)
    {
        if (ListQuery.One(query, name) is not { } text)
        {
            return null;
        }

        return string.IsNullOrWhiteSpace(text) ? throw Refuse(name, $"{name} is empty. Leave it out to list contacts.")
            : TextLimits.IsStorable(text) ? text
            : throw Refuse(name, "The value contains U+0000 or an unpaired surrogate, which no stored text contains.");
    }

    private static string ReadRegion(string text) => NumberingPlans.Find(text)?.Region
        ?? throw Refuse(Region, "The value must be a country of ISO 3166-1 with two letters, such as DE.");

    private static ProblemException Refuse(string parameter, string why) =>
        new(Problems.InvalidFilter, why) { Errors = { [parameter] = [why] } };
}
