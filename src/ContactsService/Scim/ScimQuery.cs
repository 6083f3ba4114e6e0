using System.Globalization;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>What users are asked for: by the parameters of a list (RFC 7644, 3.4.2), or by the same members of a search request (3.4.3).</summary>
internal sealed record ScimQuery
{
    /// <summary>The parameters of a list, which are also the members of a search.</summary>
    public static readonly IReadOnlyList<string> Names = ["filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"];

    private const string SearchUrn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    /// <summary>Null for all.</summary>
    public required ScimFilter? Filter { get; init; }

    /// <summary>Null for the order of the ids.</summary>
    public required ScimSort? Sort { get; init; }

    /// <summary>The place of the first one, from 1.</summary>
    public required int StartIndex { get; init; }

    /// <summary>At most so many, 0 to 1000.</summary>
    public required int Count { get; init; }

    /// <summary>True when pages follow by a cursor (RFC 9865), not by an index.</summary>
    public required bool HasCursor { get; init; }

    /// <summary>Where the page begins; null for the first one.</summary>
    public required IReadOnlyList<object>? Place { get; init; }

    /// <summary>What a cursor of this query carries.</summary>
    public required string Binding { get; init; }

    /// <summary>Which attributes are answered.</summary>
    public required ScimProjection Projection { get; init; }

    /// <summary>The order by which a cursor finds its place: what is absent stands where <see cref="ScimSort"/> puts it.</summary>
    public IReadOnlyList<Filtering.SortKey> CursorOrder => CursorOrderOf(Sort);

    /// <summary>Reads the query of a list.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>, <c>invalidPath</c>, <c>invalidValue</c>, <c>invalidCount</c>, <c>invalidCursor</c>.</exception>
    public static ScimQuery Read(HttpRequest request, Caller caller)
    {
        string? One(string name) => request.Query[name] switch
        {
            { Count: 0 } => null,
            { Count: 1 } one => one.ToString(),
            _ => throw ScimException.InvalidValue($"{name} is there more than once."),
        };

        return Of(caller, One, ScimProjection.Parse(One("attributes"), One("excludedAttributes")));
    }

    /// <summary>Reads a search request.</summary>
    /// <exception cref="ScimException">As for <see cref="Read(HttpRequest, Caller)"/>; <c>invalidSyntax</c>.</exception>
    public static ScimQuery Read(JsonElement search, Caller caller)
    {
        ScimRequestMessage.Require(search, SearchUrn);
        ScimRequestMessage.RefuseOthers(search, ["schemas", .. Names]);
        string? One(string name) => ScimRequestMessage.Member(search, name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => throw ScimException.InvalidValue($"{name} is one value."),
        };

        return Of(caller, One, ScimProjection.Of(Texts(search, "attributes"), Texts(search, "excludedAttributes")));
    }

    /// <summary>The attributes of an answer with one user.</summary>
    /// <exception cref="ScimException"><c>invalidPath</c>, <c>invalidValue</c>.</exception>
    public static ScimProjection Projections(HttpRequest request) =>
        ScimProjection.Parse(request.Query["attributes"], request.Query["excludedAttributes"]);

    private static ScimQuery Of(Caller caller, Func<string, string?> one, ScimProjection projection)
    {
        var sort = one("sortBy") is { } sortBy ? ScimSort.Parse(sortBy, one("sortOrder")) : null;
        var cursor = one("cursor");
        if (cursor is not null && one("startIndex") is not null)
        {
            throw ScimException.InvalidValue("Pages follow by startIndex or by cursor, not by both.");
        }

        var filter = one("filter") is { } text ? ScimFilter.Parse(text) : null;
        var binding = PageToken.Binding(caller.Shared.Id.ToString(), one("filter") ?? "", one("sortBy") ?? "", one("sortOrder") ?? "");
        return new()
        {
            Filter = filter,
            Sort = sort,
            StartIndex = Math.Max(1, Number(one, "startIndex", 1, "invalidValue")),
            Count = ReadCount(one, Math.Max(ScimDiscovery.DefaultPageSize, Ids(filter)), cursor is not null),
            HasCursor = cursor is not null,
            Place = string.IsNullOrEmpty(cursor) ? null : ReadCursor(cursor, binding, CursorOrderOf(sort)),
            Binding = binding,
            Projection = projection,
        };
    }

    // Less than one is none (RFC 7644, 3.4.2.4), and for a cursor an error (RFC 9865).
    private static int ReadCount(Func<string, string?> one, int standard, bool hasCursor)
    {
        var count = Number(one, "count", standard, hasCursor ? "invalidCount" : "invalidValue");
        return hasCursor && count <= 0
            ? throw new ScimException(400, "invalidCount", "With a cursor, count is a whole number from 1.")
            : Math.Clamp(count, 0, ScimDiscovery.MaxPageSize);
    }

    // Who asks for certain users by their ids expects all of them: old Webex clients never ask for a second page.
    private static int Ids(ScimFilter? filter) => filter is ScimOr or ? or.Terms.OfType<ScimComparison>().Count(ScimFilterSql.IsId) : 0;

    private static IReadOnlyList<Filtering.SortKey> CursorOrderOf(ScimSort? sort) => sort is null
        ? []
        : [new($"coalesce(({sort.Expression})::text, '{CaseFolding.Last}') COLLATE \"C\"", IsText: true, sort.IsDescending)];

    private static int Number(Func<string, string?> one, string name, int standard, string scimType) => one(name) switch
    {
        null => standard,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ScimException(400, scimType, $"{name} is a whole number."),
    };

    private static IReadOnlyList<object> ReadCursor(string cursor, string binding, IReadOnlyList<Filtering.SortKey> order)
    {
        try
        {
            return PageToken.Read(cursor, binding, order);
        }
        catch (ProblemException)
        {
            throw new ScimException(400, "invalidCursor", "This cursor was made for another query. Start again with an empty one.");
        }
    }

    private static List<string> Texts(JsonElement search, string name)
    {
        if (ScimRequestMessage.Member(search, name) is not { ValueKind: not JsonValueKind.Null } list)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(one => one.GetString()!)]
            : throw ScimException.InvalidValue($"{name} is a list of strings.");
    }
}
