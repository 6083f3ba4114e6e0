namespace ContactsService.Scim;

/// <summary>What a value is compared by (RFC 7644, 3.4.2.2, table 3); <c>pr</c> is a condition of its own.</summary>
internal enum ScimOperator
{
    /// <summary>Equal.</summary>
    Eq,

    /// <summary>Not equal, or absent.</summary>
    Ne,

    /// <summary>Contains.</summary>
    Co,

    /// <summary>Starts with.</summary>
    Sw,

    /// <summary>Ends with.</summary>
    Ew,

    /// <summary>Greater than.</summary>
    Gt,

    /// <summary>Greater than or equal to.</summary>
    Ge,

    /// <summary>Less than.</summary>
    Lt,

    /// <summary>Less than or equal to.</summary>
    Le,
}

/// <summary>A filter that has been read: every attribute is known, and every value fits its operator and attribute.</summary>
internal abstract record ScimFilter
{
    /// <summary>Reads a filter over users.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>, naming what is wrong.</exception>
    public static ScimFilter Parse(string text) => new ScimFilterParser(text).Read();
}

/// <summary>All of them.</summary>
internal sealed record ScimAnd(IReadOnlyList<ScimFilter> Terms) : ScimFilter;

/// <summary>Any of them.</summary>
internal sealed record ScimOr(IReadOnlyList<ScimFilter> Terms) : ScimFilter;

/// <summary>All others.</summary>
internal sealed record ScimNot(ScimFilter Term) : ScimFilter;

/// <summary>The attribute has a value that is not empty.</summary>
internal sealed record ScimPresent(ScimOperand Operand) : ScimFilter;

/// <summary>The attribute's value, or any entry's, compares so.</summary>
/// <param name="Operand">What is compared.</param>
/// <param name="Operator">How.</param>
/// <param name="Value">A <see cref="string"/>, a <see cref="bool"/> or a <see cref="DateTime"/> (UTC), as the attribute's type is.</param>
internal sealed record ScimComparison(ScimOperand Operand, ScimOperator Operator, object Value) : ScimFilter;

/// <summary>One and the same entry of a list satisfies the inner filter, whose operands are parts of the entry.</summary>
internal sealed record ScimEntry(ScimAttributePath List, ScimFilter Inner) : ScimFilter;

/// <summary>The left side of a condition.</summary>
/// <param name="Path">The attribute, with its sub-attribute where one is meant.</param>
/// <param name="IsOfEntry">True within brackets: the sub-attribute of the entry at hand.</param>
internal sealed record ScimOperand(ScimAttributePath Path, bool IsOfEntry);
