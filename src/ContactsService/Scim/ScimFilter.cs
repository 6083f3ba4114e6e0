namespace ContactsService.Scim;

/// <summary>The comparison operators (RFC 7644, 3.4.2.2, table 3). <c>pr</c> is <see cref="ScimPresent"/>.</summary>
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

/// <summary>A parsed filter. Every attribute is known, and every value fits its operator and attribute.</summary>
internal abstract record ScimFilter
{
    /// <summary>Parses a filter over users.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c>.</exception>
    public static ScimFilter Parse(string text) => new ScimFilterParser(text).Read();
}

/// <summary>True when all terms are true.</summary>
internal sealed record ScimAnd(IReadOnlyList<ScimFilter> Terms) : ScimFilter;

/// <summary>True when any term is true.</summary>
internal sealed record ScimOr(IReadOnlyList<ScimFilter> Terms) : ScimFilter;

/// <summary>True when the term is not true.</summary>
internal sealed record ScimNot(ScimFilter Term) : ScimFilter;

/// <summary>True when the attribute has a value that is not empty.</summary>
internal sealed record ScimPresent(ScimOperand Operand) : ScimFilter;

/// <summary>True when the value of the attribute, or of any entry, satisfies the comparison.</summary>
/// <param name="Operand">The left side.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Value">
/// A <see cref="string"/>, <see cref="bool"/> or <see cref="DateTime"/> (UTC), according to the type of the attribute.
/// </param>
internal sealed record ScimComparison(ScimOperand Operand, ScimOperator Operator, object Value) : ScimFilter;

/// <summary>True when a single entry of the list satisfies the inner filter, whose operands are sub-attributes of the entry.</summary>
internal sealed record ScimEntry(ScimAttributePath List, ScimFilter Inner) : ScimFilter;

/// <summary>The left side of a condition.</summary>
/// <param name="Path">The attribute or sub-attribute.</param>
/// <param name="IsOfEntry">True within brackets: a sub-attribute of the current entry.</param>
internal sealed record ScimOperand(ScimAttributePath Path, bool IsOfEntry);
