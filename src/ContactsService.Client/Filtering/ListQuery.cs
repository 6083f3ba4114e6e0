using System.Globalization;

namespace ContactsService.Client;

/// <summary>
/// What a list is asked for: which, in what order, how much of each, how many at once. Empty, it asks for everything you can see.
/// </summary>
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

    internal string Address(string path, string? pageToken)
    {
        var parameters = Where.SelectMany(condition => condition.Values.Select(value => (condition.Parameter, value))).ToList();
        Add("sort", string.Join(',', OrderBy));
        Add("fields", string.Join(',', Fields));
        Add("pageSize", PageSize?.ToString(CultureInfo.InvariantCulture));
        Add("pageToken", pageToken);
        var escaped = parameters
            .Select(one => $"{Uri.EscapeDataString(one.Item1)}={Uri.EscapeDataString(TextConverter.Checked(one.Item2))}");
        return parameters.Count == 0 ? path : $"{path}?{string.Join('&', escaped)}";

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parameters.Add((name, value));
            }
        }
    }
}
