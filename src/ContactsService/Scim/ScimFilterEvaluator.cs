using System.Text.Json.Nodes;
using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>Which entries of a list the brackets of a PATCH path mean; the same semantics as <see cref="ScimFilterSql"/>.</summary>
internal static class ScimFilterEvaluator
{
    /// <summary>True when the entry satisfies the filter.</summary>
    public static bool Is(ScimFilter filter, JsonObject entry) => filter switch
    {
        ScimAnd and => and.Terms.All(term => Is(term, entry)),
        ScimOr or => or.Terms.Any(term => Is(term, entry)),
        ScimNot not => !Is(not.Term, entry),
        ScimPresent present => IsSet(entry[present.Operand.Path.Target.Name]),
        ScimComparison one => Compare(one, entry[one.Operand.Path.Target.Name]),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>True for two texts that the attribute takes for one.</summary>
    public static bool AreSame(ScimAttribute attribute, JsonNode? one, JsonNode? other) =>
        one is JsonValue a && other is JsonValue b && a.TryGetValue<string>(out var left) && b.TryGetValue<string>(out var right)
            ? Folded(attribute, left) == Folded(attribute, right)
            : JsonNode.DeepEquals(one, other);

    private static bool IsSet(JsonNode? node) =>
        node is not null && (!node.AsValue().TryGetValue<string>(out var text) || text.Length > 0);

    private static bool Compare(ScimComparison one, JsonNode? node)
    {
        var attribute = one.Operand.Path.Target;
        if (node is null && !attribute.IsFalseWhenAbsent)
        {
            return one.Operator is ScimOperator.Ne;
        }

        if (one.Value is bool flag)
        {
            return (node?.GetValue<bool>() ?? false) == flag == (one.Operator is ScimOperator.Eq);
        }

        return Compare(one.Operator, Folded(attribute, node!.GetValue<string>()), Folded(attribute, (string)one.Value));
    }

    private static bool Compare(ScimOperator comparison, string left, string right) => comparison switch
    {
        ScimOperator.Eq => left == right,
        ScimOperator.Ne => left != right,
        ScimOperator.Co => left.Contains(right, StringComparison.Ordinal),
        ScimOperator.Sw => left.StartsWith(right, StringComparison.Ordinal),
        ScimOperator.Ew => left.EndsWith(right, StringComparison.Ordinal),
        ScimOperator.Gt => string.CompareOrdinal(left, right) > 0,
        ScimOperator.Ge => string.CompareOrdinal(left, right) >= 0,
        ScimOperator.Lt => string.CompareOrdinal(left, right) < 0,
        _ => string.CompareOrdinal(left, right) <= 0,
    };

    private static string Folded(ScimAttribute attribute, string text) => attribute.IsCaseExact ? text : CaseFolding.Text(text);
}
