namespace ContactsService.Filtering;

/// <summary>How an attribute is compared to a value.</summary>
internal enum ComparisonOperator
{
    /// <summary>The same; of lists, any entry.</summary>
    Equal,

    /// <summary>Not the same, or absent.</summary>
    NotEqual,

    /// <summary>The text, or any entry of a list, begins with the value.</summary>
    StartsWith,

    /// <summary>The text, or any entry of a list, ends with the value.</summary>
    EndsWith,

    /// <summary>The text, or any entry of a list, contains the value.</summary>
    Contains,

    /// <summary>The text, or any entry of a list, is like a pattern of LIKE.</summary>
    Like,

    /// <summary>Greater or later; texts by their code points.</summary>
    GreaterThan,

    /// <summary>Greater, later or equal.</summary>
    GreaterThanOrEqual,

    /// <summary>Less or earlier.</summary>
    LessThan,

    /// <summary>Less, earlier or equal.</summary>
    LessThanOrEqual,

    /// <summary>There is a value (<c>true</c>) or none (<c>false</c>).</summary>
    Exists,
}

/// <summary>How native callers write the operators, and which attributes take them. What is not here is for adapters.</summary>
internal static class OperatorNames
{
    private static readonly AttributeKind[] Every = Enum.GetValues<AttributeKind>();
    private static readonly AttributeKind[] Texts = [AttributeKind.Text, AttributeKind.Texts, AttributeKind.Phones, AttributeKind.Tagged];
    private static readonly AttributeKind[] Ordered = [AttributeKind.Date, AttributeKind.Time, AttributeKind.Number];

    // In the order in which they are documented.
    private static readonly (ComparisonOperator Operator, string Name, AttributeKind[] Kinds)[] Table =
    [
        (ComparisonOperator.Equal, "", Every),
        (ComparisonOperator.NotEqual, "ne", Every),
        (ComparisonOperator.StartsWith, "startsWith", [.. Texts, AttributeKind.Date]),
        (ComparisonOperator.Contains, "contains", Texts),
        (ComparisonOperator.GreaterThan, "gt", Ordered),
        (ComparisonOperator.GreaterThanOrEqual, "gte", Ordered),
        (ComparisonOperator.LessThan, "lt", Ordered),
        (ComparisonOperator.LessThanOrEqual, "lte", Ordered),
        (ComparisonOperator.Exists, "exists", Every),
    ];

    /// <summary>The names of the operators that attributes of this kind take.</summary>
    public static IReadOnlyList<string> Of(AttributeKind kind) => [.. Table.Where(row => row.Kinds.Contains(kind)).Select(row => row.Name)];

    /// <summary>The operator of that name; null when attributes of this kind do not take it.</summary>
    public static ComparisonOperator? Find(AttributeKind kind, string name)
    {
        var row = Array.Find(Table, row => row.Name == name && row.Kinds.Contains(kind));
        return row.Name is null ? null : row.Operator;
    }
}
