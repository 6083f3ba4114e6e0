namespace ContactsService.Client;

/// <summary>A date as it is written: 2001-02-03, 2001-02 or --02-03. What is before and after holds for dates with a year.</summary>
public sealed class DateKey : ExactKey
{
    internal DateKey(string name)
        : base(name)
    {
    }

    /// <summary>It starts with one of these, such as <c>2001-02</c> or <c>--02</c>; none may be empty.</summary>
    public Condition StartsWith(params IReadOnlyList<string> values) => Where("startsWith", values);

    /// <summary>It is later.</summary>
    public Condition GreaterThan(string value) => Where("gt", value);

    /// <summary>It is this or later.</summary>
    public Condition AtLeast(string value) => Where("gte", value);

    /// <summary>It is earlier.</summary>
    public Condition LessThan(string value) => Where("lt", value);

    /// <summary>It is this or earlier.</summary>
    public Condition AtMost(string value) => Where("lte", value);
}
