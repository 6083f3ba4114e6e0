namespace ContactsService.Client;

/// <summary>
/// One condition of a list, made by an attribute: <c>ContactAttributes.LastName.StartsWith("jo")</c>. Several in a query are ANDed;
/// several values of one condition mean any of them, with <c>IsNot</c> none of them. Two conditions of the same attribute and operator
/// are one with the values of both.
/// </summary>
public sealed class Condition
{
    internal Condition(AttributeKey attribute, string comparison, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("A condition needs a value.", nameof(values));
        }

        Parameter = comparison.Length == 0 ? attribute.Name : $"{attribute.Name}[{comparison}]";
        Values = values;
    }

    internal string Parameter { get; }

    internal IReadOnlyList<string> Values { get; }

    /// <summary>As it stands in the address, but unescaped: <c>lastName[startsWith]=jo</c>.</summary>
    public override string ToString() => string.Join('&', Values.Select(value => $"{Parameter}={value}"));
}
