using System.Globalization;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>A query for users: the parameters of a list (RFC 7644, 3.4.2), or the same members of a search request (3.4.3).</summary>
internal sealed record ScimQuery
{
    /// <summary>The parameters of a list, which are also the members of a search request.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"];

    private const string SearchUrn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    /// <summary>Null for all users.</summary>
    public required ScimFilter? Filter { get; init; }

    /// <summary>Null to order by id.</summary>
    public required ScimSort? Sort { get; init; }

    /// <summary>The index of the first user, from 1.</summary>
    public required int StartIndex { get; init; }

    /// <summary>The maximum number of users, 0 to 1000.</summary>
    public required int Count { get; init; }

    /// <summary>True for pages by cursor (RFC 9865), false for pages by index.</summary>
    public required bool HasCursor { get; init; }

    /// <summary>The sort keys where the page begins; null for the first page.</summary>
    public required IReadOnlyList<object>? Place { get; init; }

    /// <summary>The hash of the query that its cursors carry.</summary>
    public required string Binding { get; init; }

    /// <summary>Encrypts cursors.</summary>
    public required PageTokenSeal Seal { get; init; }

    /// <summary>The selected attributes.</summary>
    public required ScimProjection Projection { get; init; }

    /// <summary>The order that cursors use. Absent values are placed as in <see cref="ScimSort"/>.</summary>
    public IReadOnlyList<Filtering.SortKey> CursorOrder => CursorOrderOf(Sort);

    /// <summary>Reads the query of a list.</summary>
    /// <exception cref="ScimException">
    /// <c>invalidFilter</c>, <c>invalidPath</c>, <c>invalidValue</c>, <c>invalidCount</c>, <c>invalidCursor</c>.
    /// </exception>
    public static ScimQuery Read(HttpRequest request, Caller caller)
    {
        string? Value(string name) => request.Query[name] switch
        {
            { Count: 0 } => null,
            { Count: 1 } value => value.ToString(),
            _ => throw ScimException.InvalidValue($"{name} appears more than once."),
        };

        return Of(request.HttpContext, caller, Value, ScimProjection.Parse(Value("attributes"), Value("excludedAttributes")));
    }

    /// <summary>Reads a search request.</summary>
    /// <exception cref="ScimException">The same as for <see cref="Read(HttpRequest, Caller)"/>; <c>invalidSyntax</c>.</exception>
    public static ScimQuery Read(HttpContext http, JsonElement search, Caller caller)
    {
        ScimRequestMessage.Require(search, SearchUrn);
        ScimRequestMessage.RefuseOthers(search, ["schemas", .. Names]);
        string? Value(string name) => ScimRequestMessage.Member(search, name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => throw ScimException.InvalidValue($"{name} must be a single value."),
        };

        return Of(http, caller, Value, ScimProjection.Of(Texts(search, "attributes"), Texts(search, "excludedAttributes")));
    }

    /// <summary>Reads the selected attributes for an answer with a single user.</summary>
    /// <exception cref="ScimException"><c>invalidPath</c>, <c>invalidValue</c>.</exception>
    public static ScimProjection Projections(HttpRequest request) =>
        ScimProjection.Parse(request.Query["attributes"], request.Query["excludedAttributes"]);

    private static ScimQuery Of(HttpContext http, Caller caller, Func<string, string?> value, ScimProjection projection)
    {
        var sort = value("sortBy") is { } sortBy ? ScimSort.Parse(sortBy, value("sortOrder")) : null;
        var cursor = value("cursor");
        if (cursor is not null && value("startIndex") is not null)
        {
            throw ScimException.InvalidValue("Send either startIndex or cursor, not both.");
        }

        var filter = value("filter") is { } text ? ScimFilter.Parse(text) : null;
        var binding = PageToken.Binding(
            caller.Shared.Id.ToString(), value("filter") ?? "", value("sortBy") ?? "", value("sortOrder") ?? "");
        var seal = http.Features.Get<PageTokenSeal>()!;
        return new()
        {
            Filter = filter,
            Sort = sort,
            StartIndex = Math.Max(1, Number(value, "startIndex", 1, "invalidValue")),
            Count = ReadCount(value, Math.Max(ScimDiscovery.DefaultPageSize, CountIds(filter)), cursor is not null),
            HasCursor = cursor is not null,
            Place = string.IsNullOrEmpty(cursor) ? null : ReadCursor(seal, cursor, binding, CursorOrderOf(sort)),
            Binding = binding,
            Seal = seal,
            Projection = projection,
        };
    }

    // A count below one means none (RFC 7644, 3.4.2.4), and is an error with a cursor (RFC 9865).
    private static int ReadCount(Func<string, string?> value, int defaultCount, bool hasCursor)
    {
        var count = Number(value, "count", defaultCount, hasCursor ? "invalidCount" : "invalidValue");
        return hasCursor && count <= 0
            ? throw new ScimException(400, "invalidCount", "With a cursor, count must be a whole number of at least 1.")
            : Math.Clamp(count, 0, ScimDiscovery.MaxPageSize);
    }

    // A caller who filters by ids expects all of these users: old Webex clients never request a second page.
    private static int CountIds(ScimFilter? filter) =>
        filter is ScimOr or ? or.Terms.OfType<ScimComparison>().Count(ScimFilterSql.IsId) : 0;

    private static IReadOnlyList<Filtering.SortKey> CursorOrderOf(ScimSort? sort) => sort is null
        ? []
        : [new($"coalesce(({sort.Expression})::text, '{CaseFolding.Last}') COLLATE \"C\"", IsText: true, sort.IsDescending)];

    private static int Number(Func<string, string?> value, string name, int defaultValue, string scimType) => value(name) switch
    {
        null => defaultValue,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ScimException(400, scimType, $"{name} must be a whole number."),
    };

    private static IReadOnlyList<object> ReadCursor(
        PageTokenSeal seal, string cursor, string binding, IReadOnlyList<Filtering.SortKey> order)
    {
        try
        {
            return PageToken.Read(seal, cursor, binding, order);
        }
        catch (ProblemException)
        {
            throw new ScimException(400, "invalidCursor", "The cursor belongs to another query. Start again with an empty cursor.");
        }
    }

    private static List<string> Texts(JsonElement search, string name)
    {
        if (ScimRequestMessage.Member(search, name) is not { ValueKind: not JsonValueKind.Null } list)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(entry => entry.GetString()!)]
            : throw ScimException.InvalidValue($"{name} must be a list of strings.");
    }
}
