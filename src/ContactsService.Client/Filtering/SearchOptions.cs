using System.Globalization;

namespace ContactsService.Client;

/// <summary>What of the matches a search returns. Empty, it returns the best 20 with all members.</summary>
public sealed record SearchOptions
{
    /// <summary>All of these must hold, too.</summary>
    public IReadOnlyList<Condition> Where { get; init; } = [];

    /// <summary>The JSON members to answer with, such as <c>displayName</c> and <c>phoneNumbers</c>, and the id; all when empty.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>The most contacts, 1 to 100; the service's 20 when null. There are no further pages.</summary>
    public int? PageSize { get; init; }

    internal string Address(string path, params IEnumerable<(string Name, string? Value)> search) => ListQuery.Address(
        path, Where, [.. search, ("fields", ListQuery.Joined(Fields)), ("pageSize", PageSize?.ToString(CultureInfo.InvariantCulture))]);
}
