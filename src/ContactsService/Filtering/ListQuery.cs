using System.Globalization;
using ContactsService.Http;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Filtering;

/// <summary>The query of a list, read and checked: filter, order, page and fields.</summary>
internal sealed record ListQuery
{
    /// <summary>The size of a page when none is asked for.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The most entries of a page.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>The names of the parameters that are no filters.</summary>
    public static readonly IReadOnlyList<string> Parameters = ["sort", "pageSize", "pageToken", "fields"];

    /// <summary>The filters, of which all have to hold.</summary>
    public required Predicate Filter { get; init; }

    /// <summary>The order; the id decides between equals.</summary>
    public required IReadOnlyList<SortKey> Order { get; init; }

    /// <summary>At most so many entries; 1 to 1000.</summary>
    public required int PageSize { get; init; }

    /// <summary>Where the page begins; null for the first one.</summary>
    public required IReadOnlyList<object>? Place { get; init; }

    /// <summary>The members to answer with; null for all.</summary>
    public required HashSet<string>? Fields { get; init; }

    /// <summary>What page tokens of this query carry; computed when one is read or written.</summary>
    public required Lazy<string> Binding { get; init; }

    /// <summary>Encrypts page tokens.</summary>
    public required PageTokenSeal Seal { get; init; }

    /// <summary>Reads the query of a list.</summary>
    /// <param name="http">The request.</param>
    /// <param name="scope">The id of the caller's book: page tokens of other callers are refused.</param>
    /// <param name="attributes">What may be filtered and sorted by.</param>
    /// <param name="standard">The order when none is asked for.</param>
    /// <param name="members">What <c>fields</c> may name.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>, <c>invalid-page-token</c>.</exception>
    public static ListQuery Read(HttpContext http, Guid scope, AttributeSet attributes, SortKey standard, IReadOnlyList<string> members)
    {
        var query = http.Request.Query;
        var parameters = query
            .Where(parameter => !Parameters.Contains(parameter.Key, StringComparer.Ordinal))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => (Name: parameter.Key, Values: (IReadOnlyList<string>)[.. parameter.Value.Select(value => value ?? "")]))
            .ToList();
        var order = Sorting.Read(attributes, One(query, "sort"), standard);
        var binding = new Lazy<string>(() => PageToken.Binding([
            scope.ToString(),
            http.Request.Path.ToString(),
            One(query, "sort") ?? "",
            One(query, "fields") ?? "",
            .. parameters.SelectMany(parameter => parameter.Values.Prepend(parameter.Name))]));
        var seal = http.Features.Get<PageTokenSeal>()!;
        return new()
        {
            Filter = new And([.. parameters.Select(parameter => FilterReader.Read(attributes, parameter.Name, parameter.Values))]),
            Order = order,
            PageSize = ReadPageSize(query, DefaultPageSize, MaxPageSize),
            Place = One(query, "pageToken") is { } token ? PageToken.Read(seal, token, binding.Value, order) : null,
            Fields = ReadFields(query, attributes, members),
            Binding = binding,
            Seal = seal,
        };
    }

    /// <summary>The ORDER BY of this query.</summary>
    public string OrderBy(string id) => Sorting.OrderBy(Order, id);

    /// <summary>The sort keys as columns <c>k0</c>, <c>k1</c> …</summary>
    public string KeyColumns => Sorting.KeyColumns(Order);

    /// <summary>The filter and the place as SQL over the alias <c>c</c>, each term behind an AND.</summary>
    public string Where(SqlBuilder sql, Guid bookId, string id) => new PredicateSql(sql, bookId, "c.").Terms(Filter) + After(sql, id);

    /// <summary>The place as SQL behind an AND; empty for the first page.</summary>
    public string After(SqlBuilder sql, string id) => Place is null ? "" : $" AND {Sorting.After(Order, id, Place, sql)}";

    /// <summary>One more row than the page: it tells whether there is a next one.</summary>
    public string Limit(SqlBuilder sql) => $"LIMIT {sql.Add((long)PageSize + 1, NpgsqlDbType.Bigint)}";

    /// <summary>The <c>Link</c> header for the next page.</summary>
    public static string Link(HttpRequest request, string token)
    {
        var query = QueryString.Create(request.Query.Where(parameter => parameter.Key != "pageToken")).Add("pageToken", token);
        return $"<{request.PathBase}{request.Path}{query}>; rel=\"next\"";
    }

    /// <summary>The value of a parameter; null when it is not given.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: it is given twice.</exception>
    public static string? One(IQueryCollection query, string name) => query[name] switch
    {
        { Count: 0 } => null,
        { Count: 1 } value => value.ToString(),
        _ => throw Refuse(name, $"Give {name} only once."),
    };

    /// <summary>Reads <c>pageSize</c>.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>.</exception>
    public static int ReadPageSize(IQueryCollection query, int standard, int max)
    {
        if (One(query, "pageSize") is not { } text)
        {
            return standard;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1 && size <= max
            ? size : throw Refuse("pageSize", $"pageSize must be a whole number from 1 to {max}.");
    }

    /// <summary>Reads <c>fields</c>: the members to answer with and the id; null for all.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: there is no such member.</exception>
    public static HashSet<string>? ReadFields(IQueryCollection query, AttributeSet attributes, IReadOnlyList<string> members)
    {
        if (One(query, "fields") is not { } text)
        {
            return null;
        }

        var fields = new HashSet<string>(StringComparer.Ordinal) { members[0] }; // the id
        foreach (var name in text.Split(',').Select(name => name.Trim()))
        {
            var member = members.Contains(name, StringComparer.Ordinal) ? name : attributes.Find(name)?.Name;
            fields.Add(member is not null && members.Contains(member, StringComparer.Ordinal)
                ? member : throw Refuse("fields", $"There is no member '{name}'. There are: {string.Join(", ", members)}."));
        }

        return fields;
    }

    private static ProblemException Refuse(string parameter, string why) =>
        new(Problems.InvalidFilter, why) { Errors = { [parameter] = [why] } };
}
