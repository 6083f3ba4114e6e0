using System.Collections.Frozen;

namespace ContactsService.Filtering;

/// <summary>All attributes of one noun: what a filter, a sort and <c>fields</c> may name.</summary>
internal sealed class AttributeSet
{
    private readonly FrozenDictionary<string, Attribute> byName;

    /// <summary>A set of attributes, found by their names and aliases, exactly as spelt.</summary>
    public AttributeSet(IReadOnlyList<Attribute> all)
    {
        All = all;
        byName = all
            .SelectMany(attribute => attribute.Aliases.Append(attribute.Name).Select(name => (name, attribute)))
            .ToFrozenDictionary(pair => pair.name, pair => pair.attribute, StringComparer.Ordinal);
    }

    /// <summary>In the order in which they are documented.</summary>
    public IReadOnlyList<Attribute> All { get; }

    /// <summary>The names a caller may use, for messages.</summary>
    public string Names =>
        string.Join(", ", All.Select(attribute => attribute.Name).Concat(Families.Keys.Select(family => $"{family}<key>")));

    /// <summary>What the query of its lists may have besides filters, for messages.</summary>
    public IReadOnlyList<string> OtherParameters { get; init; } = ListQuery.Parameters;

    /// <summary>The attribute of that name or alias; null when there is none.</summary>
    public Attribute? Find(string name) => byName.GetValueOrDefault(name) ?? FindInFamily(name);

    /// <summary>
    /// Attributes that share a beginning of their names, such as <c>custom.</c>, and are made from the rest of the name; null for a rest
    /// that is none.
    /// </summary>
    public IReadOnlyDictionary<string, Func<string, Attribute?>> Families { get; init; } =
        new Dictionary<string, Func<string, Attribute?>>(StringComparer.Ordinal);

    private Attribute? FindInFamily(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Families.TryGetValue(name[..(dot + 1)], out var family) ? family(name[(dot + 1)..]) : null;
    }
}
