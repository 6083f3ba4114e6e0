namespace ContactsService.Client;

/// <summary>An attribute that lists are filtered and sorted by; its type has the operators that the attribute takes.</summary>
public abstract class AttributeKey
{
    private protected AttributeKey(string name) => Name = name;

    /// <summary>As it stands in the address: <c>lastName</c>, <c>addressInfo.city</c>.</summary>
    public string Name { get; }

    /// <summary>In this order. Lists of values (emails, phone numbers, SIP addresses, groups) have none: <c>invalid-filter</c>.</summary>
    public Sort Ascending => new(Name);

    /// <summary>In the opposite order. Lists of values have none: <c>invalid-filter</c>.</summary>
    public Sort Descending => new($"-{Name}");

    /// <summary>It is set. An empty list is not.</summary>
    public Condition Exists() => Where("exists", "true");

    /// <summary>It is not set, or an empty list.</summary>
    public Condition IsAbsent() => Where("exists", "false");

    private protected Condition Where(string comparison, params IReadOnlyList<string> values) => new(this, comparison, values);
}
