using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Scim;

/// <summary>
/// A filter as SQL over <c>directory_user u</c>, with the meaning of RFC 7644, 3.4.2.2. Names in it come from the
/// schema's tables, values are parameters.
/// </summary>
internal static class ScimFilterSql
{
    private const string NoValue = "('null', '\"\"', '[]', '{}')";

    /// <summary>The condition; whoever calls adds the organization's.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c> for <c>meta.location</c>.</exception>
    public static string Of(ScimFilter filter, SqlBuilder sql) => Of(filter, sql, null);

    // The entry is the SQL expression of the one at hand within brackets.
    private static string Of(ScimFilter filter, SqlBuilder sql, string? entry) => filter switch
    {
        ScimAnd and => $"({string.Join(" AND ", and.Terms.Select(term => Of(term, sql, entry)))})",
        ScimOr or => Any(or, sql, entry),
        ScimNot not => $"({Of(not.Term, sql, entry)} IS NOT TRUE)", // a comparison with what is absent is null
        ScimPresent present => Present(present.Operand, entry),
        ScimEntry some => $"EXISTS (SELECT FROM {Entries(some.List)} WHERE {Of(some.Inner, sql, "entry")})",
        ScimComparison one => Compare(one, sql, entry),
        _ => throw new InvalidOperationException(),
    };

    // Clients fetch a page of users by their ids: one look into the index instead of hundreds of alternatives.
    private static string Any(ScimOr or, SqlBuilder sql, string? entry)
    {
        var ids = or.Terms.OfType<ScimComparison>().Where(IsId).ToList();
        var others = or.Terms.Where(term => term is not ScimComparison one || !IsId(one)).Select(term => Of(term, sql, entry));
        if (ids.Count < 2)
        {
            return $"({string.Join(" OR ", or.Terms.Select(term => Of(term, sql, entry)))})";
        }

        var list = sql.Add(ids.Select(one => (string)one.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        return $"({string.Join(" OR ", others.Prepend($"u.user_id = ANY({list})"))})";
    }

    /// <summary>True for <c>id eq "…"</c>.</summary>
    public static bool IsId(ScimComparison one) =>
        one.Operator is ScimOperator.Eq && one.Operand is { IsOfEntry: false, Path: { Schema.IsExtension: false, Attribute.Name: "id" } };

    private static string Present(ScimOperand operand, string? entry)
    {
        var path = operand.Path;
        if (operand.IsOfEntry)
        {
            return IsSet($"{entry} -> '{path.Sub!.Name}'");
        }

        if (path.Attribute.Name is "meta" or "id" or "schemas" && !path.Schema.IsExtension)
        {
            return "TRUE"; // every resource has them
        }

        if (path.Sub is null)
        {
            return IsSet(ScimColumns.Json(path));
        }

        return path.Attribute.IsMultiValued
            ? $"EXISTS (SELECT FROM {Entries(path)} WHERE {IsSet($"entry -> '{path.Sub.Name}'")})"
            : IsSet($"{ScimColumns.Json(path)} -> '{path.Sub.Name}'");
    }

    private static string IsSet(string json) => $"(coalesce({json}, 'null') NOT IN {NoValue})";

    private static string Compare(ScimComparison one, SqlBuilder sql, string? entry)
    {
        var path = one.Operand.Path;
        if (one.Operand.IsOfEntry)
        {
            return Compare(one, ScimColumns.Text(path, entry), sql);
        }

        if (!path.Attribute.IsMultiValued)
        {
            return Compare(one, ScimColumns.Text(path), sql);
        }

        // Any entry counts (RFC 7644, 3.4.2.2), and for "ne" also that there is none.
        var any = $"EXISTS (SELECT FROM {Entries(path)} WHERE {Compare(one, ScimColumns.Text(path, "entry"), sql)})";
        return one.Operator is ScimOperator.Ne ? $"({any} OR NOT {IsSet(ScimColumns.Json(path))})" : any;
    }

    private static string Compare(ScimComparison one, string text, SqlBuilder sql) => one.Value switch
    {
        bool flag => Sign(one.Operator, one.Operand.Path.Target.IsFalseWhenAbsent ? $"coalesce({text}, 'false')" : text, flag ? "'true'" : "'false'"),
        DateTime time => Sign(one.Operator, text, sql.Add(time, NpgsqlDbType.TimestampTz)),
        var value => CompareText(one, text, (string)value, sql),
    };

    private static string CompareText(ScimComparison one, string text, string value, SqlBuilder sql)
    {
        var path = one.Operand.Path;
        var left = ScimColumns.Folded(path, text);
        var right = ScimColumns.Folded(path, sql.Add(ScimColumns.IsUserName(path) ? CaseFolding.Text(value) : value, NpgsqlDbType.Text));
        return one.Operator switch
        {
            ScimOperator.Co => $"(strpos({left}, {right}) > 0)",
            ScimOperator.Sw => $"starts_with({left}, {right})",
            ScimOperator.Ew => $"(right({left}, length({right})) = {right})",
            ScimOperator.Eq or ScimOperator.Ne => Sign(one.Operator, left, right),
            _ => Sign(one.Operator, $"{left} COLLATE \"C\"", right), // the same order on every server
        };
    }

    private static string Sign(ScimOperator comparison, string left, string right) => comparison switch
    {
        ScimOperator.Eq => $"({left} = {right})",
        ScimOperator.Ne => $"({left} IS DISTINCT FROM {right})",
        ScimOperator.Gt => $"({left} > {right})",
        ScimOperator.Ge => $"({left} >= {right})",
        ScimOperator.Lt => $"({left} < {right})",
        _ => $"({left} <= {right})",
    };

    private static string Entries(ScimAttributePath path) => $"jsonb_array_elements({ScimColumns.Json(path)}) entry";
}
