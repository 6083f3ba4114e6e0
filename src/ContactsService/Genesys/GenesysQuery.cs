using System.Globalization;
using ContactsService.Contacts;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>The query of a list as the vendor writes it.</summary>
/// <param name="Search">What is searched for.</param>
/// <param name="Fields">The members to answer with; null for all.</param>
internal sealed record GenesysQuery(ContactSearchQuery Search, IReadOnlySet<string>? Fields)
{
    /// <summary>The parameters that are no attributes.</summary>
    public static readonly IReadOnlyList<string> Names = ["filterName", "filterParameters", "fields", "sortBy", "order", "limit", "offset"];

    /// <summary>The contacts of an answer when no limit is given.</summary>
    public const int DefaultLimit = 100;
    /// <summary>The greatest limit.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Reads the query; every parameter is spelt exactly as the vendor spells it.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>.</exception>
    public static GenesysQuery Read(IQueryCollection query)
    {
        var parameters = query.ToDictionary(
            parameter => parameter.Key,
            parameter => (IReadOnlyList<string>)[.. parameter.Value.Select(value => value ?? "")],
            StringComparer.Ordinal);
        string? One(string name) => parameters.GetValueOrDefault(name) switch
        {
            null => null,
            [var value] => value,
            _ => throw GenesysErrors.Parameter(name, GenesysErrors.Invalid, "Give it only once."),
        };

        return new(
            new(
                new And([
                    .. parameters.Where(parameter => !Names.Contains(parameter.Key, StringComparer.Ordinal))
                        .Select(attribute => GenesysFilter.Read(attribute.Key, attribute.Value)),
                    .. ReadBuiltIn(One("filterName"), parameters),
                ]),
                ReadOrder(One("sortBy"), One("order")),
                ReadNumber("offset", One("offset"), 0, 0, int.MaxValue),
                ReadNumber("limit", One("limit"), DefaultLimit, 1, MaxLimit)),
            ReadFields(One("fields")));
    }

    private static IEnumerable<Predicate> ReadBuiltIn(string? name, Dictionary<string, IReadOnlyList<string>> parameters)
    {
        const string Arguments = "filterParameters";
        var arguments = parameters.GetValueOrDefault(Arguments);
        if (name is null)
        {
            return arguments is null
                ? []
                : throw GenesysErrors.Parameter("filterName", GenesysErrors.Missing, $"{Arguments} need a filterName.");
        }

        if (name != GenesysFilter.NamesOrPhoneNumberMatches)
        {
            throw GenesysErrors.Parameter(
                "filterName", GenesysErrors.OutOfRange, $"The value must be {GenesysFilter.NamesOrPhoneNumberMatches}.");
        }

        return GenesysFilter.Matches(
            arguments ?? throw GenesysErrors.Parameter(Arguments, GenesysErrors.Missing, "The filter needs at least one."));
    }

    private static IReadOnlyList<Filtering.SortKey> ReadOrder(string? sortBy, string? order)
    {
        var descending = order?.ToUpperInvariant() switch
        {
            null or "ASCENDING" => false,
            "DESCENDING" => true,
            _ => throw GenesysErrors.Parameter("order", GenesysErrors.OutOfRange, "The value must be Ascending or Descending."),
        };
        var names = (sortBy ?? "name").Split(',').Select(name => name.Trim()).ToList();
        foreach (var name in names.Where(name => GenesysAttributes.All.Find(name) is not { CanSort: true }))
        {
            var sortable = GenesysAttributes.All.All.Where(attribute => attribute.CanSort).Select(attribute => attribute.Name);
            throw GenesysErrors.Parameter(
                "sortBy", GenesysErrors.OutOfRange, $"`{name}` is not a sortable attribute. Use one of: {string.Join(", ", sortable)}.");
        }

        var sort = string.Join(',', names.Select(name => descending ? $"-{name}" : name));
        return Sorting.Read(GenesysAttributes.All, sort, ContactAttributes.DefaultOrder);
    }

    private static int ReadNumber(string name, string? text, int standard, int least, int most)
    {
        if (text is null)
        {
            return standard;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw GenesysErrors.Parameter(
                name, GenesysErrors.OutOfRange, $"The value must be a whole number from {least} to {most}.");
    }

    private static HashSet<string>? ReadFields(string? text)
    {
        if (text is null or "*")
        {
            return null;
        }

        var fields = text.Split(',').Select(name => name.Trim()).ToHashSet(StringComparer.Ordinal);
        var unknown = fields.FirstOrDefault(name => !GenesysAttributes.Members.Contains(name, StringComparer.Ordinal));
        return unknown is null
            ? [GenesysAttributes.Members[0], .. fields]
            : throw GenesysErrors.Parameter(
                "fields",
                GenesysErrors.OutOfRange,
                $"`{unknown}` is not a field. Use one of: {string.Join(", ", GenesysAttributes.Members)}.");
    }
}
