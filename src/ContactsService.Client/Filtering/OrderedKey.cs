namespace ContactsService.Client;

/// <summary>An attribute with an order: a time or a number.</summary>
/// <typeparam name="T">What it is compared with.</typeparam>
public abstract class OrderedKey<T> : AttributeKey
    where T : struct
{
    private protected OrderedKey(string name)
        : base(name)
    {
    }

    /// <summary>It is one of these, 1 to 100.</summary>
    public Condition Is(params IReadOnlyList<T> values) => Where("", Texts(values));

    /// <summary>It is none of these, or not set.</summary>
    public Condition IsNot(params IReadOnlyList<T> values) => Where("ne", Texts(values));

    /// <summary>It is greater, or later.</summary>
    public Condition GreaterThan(T value) => Where("gt", Text(value));

    /// <summary>It is this, greater or later.</summary>
    public Condition AtLeast(T value) => Where("gte", Text(value));

    /// <summary>It is less, or earlier.</summary>
    public Condition LessThan(T value) => Where("lt", Text(value));

    /// <summary>It is this, less or earlier.</summary>
    public Condition AtMost(T value) => Where("lte", Text(value));

    private protected abstract string Text(T value);

    private string[] Texts(IReadOnlyList<T> values) => [.. values.Select(Text)];
}
