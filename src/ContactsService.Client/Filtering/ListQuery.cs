using System.Globalization;

namespace ContactsService.Client;

/// <summary>What a list is asked for: which, in what order, how much of each, how many at once. Empty, it asks for everything you can see.</summary>
public sealed record ListQuery
{
    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<Condition> Where { get; init; } = [];

    /// <summary>Up to five steps; by displayName when empty. The id decides between equals.</summary>
    public IReadOnlyList<Sort> OrderBy { get; init; } = [];

    /// <summary>The JSON members to answer with, such as <c>displayName</c> and <c>addressInfo</c>, and the id; all when empty.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Entries of a page, 1 to 1000; the service's 100 when null. A page may hold fewer.</summary>
    public int? PageSize { get; init; }

    internal string Address(string path, string? pageToken) => Address(
        path,
        Where,
        [
            ("sort", Joined(OrderBy)),
            ("fields", Joined(Fields)),
            ("pageSize", PageSize?.ToString(CultureInfo.InvariantCulture)),
            ("pageToken", string.IsNullOrEmpty(pageToken) ? null : pageToken),
        ]);

    /// <summary>Returns the address with its query. Parameters that are null are left out.</summary>
    internal static string Address(string path, IReadOnlyList<Condition> where, IEnumerable<(string Name, string? Value)> others)
    {
        var parameters = where.SelectMany(condition => condition.Values.Select(value => (condition.Parameter, value)))
            .Concat(others.Where(other => other.Value is not null).Select(other => (other.Name, other.Value!)))
            .Select(one => $"{Uri.EscapeDataString(one.Item1)}={Uri.EscapeDataString(TextConverter.Checked(one.Item2))}")
            .ToList();
        return parameters.Count == 0 ? path : $"{path}?{string.Join('&', parameters)}";
    }

    /// <summary>Returns the values of a parameter, separated by commas; null for none.</summary>
    internal static string? Joined<T>(IReadOnlyList<T> values) => values.Count == 0 ? null : string.Join(',', values);
}
