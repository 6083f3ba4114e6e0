using System.Globalization;
using ContactsService.Filtering;
using ContactsService.Storage;

namespace ContactsService.Scim;

/// <summary>
/// A filter as SQL over <c>directory_user u</c>, with the meaning of RFC 7644, 3.4.2.2. It becomes a predicate over columns and
/// over the JSON of the resource. Names in it come from the schema's tables, values are parameters.
/// </summary>
internal static class ScimFilterSql
{
    private const string NoValue = "('null', '\"\"', '[]', '{}')";

    /// <summary>The condition; whoever calls adds the organization's.</summary>
    /// <exception cref="ScimException"><c>invalidFilter</c> for <c>meta.location</c>.</exception>
    public static string Of(ScimFilter filter, SqlBuilder sql) =>
        new PredicateSql(sql, Guid.Empty, "").Of(Predicate(filter, null)); // no attribute of users has lookup hashes, which are of a book

    /// <summary>True for <c>id eq "…"</c>.</summary>
    public static bool IsId(ScimComparison comparison) =>
        comparison.Operator is ScimOperator.Eq
        && comparison.Operand is { IsOfEntry: false, Path: { Schema.IsExtension: false, Attribute.Name: "id" } };

    // The entry is the SQL expression of the one at hand within brackets.
    private static Predicate Predicate(ScimFilter filter, string? entry) => filter switch
    {
        ScimAnd and => new And([.. and.Terms.Select(term => Predicate(term, entry))]),
        ScimOr or => new Or([.. or.Terms.Select(term => Predicate(term, entry))]),
        ScimNot not => new Not(Predicate(not.Term, entry)),
        ScimPresent present => Present(present.Operand, entry),
        ScimEntry brackets => Entry(brackets),
        ScimComparison comparison => Compare(comparison, entry),
        _ => throw new InvalidOperationException(),
    };

    private static Predicate Present(ScimOperand operand, string? entry)
    {
        var path = operand.Path;
        if (operand.IsOfEntry)
        {
            return IsSet($"{entry} -> '{path.Sub!.Name}'");
        }

        if (path.Attribute.Name is "meta" or "schemas" && !path.Schema.IsExtension)
        {
            return Filtering.Predicate.All; // every resource has them
        }

        if (ScimColumns.Column(path) is not null)
        {
            return new Comparison(ScimColumns.Attribute(path), ComparisonOperator.Exists, "true");
        }

        if (path.Sub is null)
        {
            return IsSet(ScimColumns.Json(path));
        }

        return path.Attribute.IsMultiValued
            ? Any(path, IsSet($"entry -> '{path.Sub.Name}'"))
            : IsSet($"{ScimColumns.Json(path)} -> '{path.Sub.Name}'");
    }

    private static And Entry(ScimEntry brackets)
    {
        var terms = brackets.Inner is ScimAnd and ? and.Terms : [brackets.Inner];
        var any = Any(brackets.List, Predicate(brackets.Inner, "entry"));
        return new([.. terms.OfType<ScimComparison>().Where(IsIndexed).Select(HasEmail), any]);
    }

    private static Predicate Compare(ScimComparison comparison, string? entry)
    {
        var path = comparison.Operand.Path;
        if (comparison.Operand.IsOfEntry || !path.Attribute.IsMultiValued)
        {
            return Compare(comparison, ScimColumns.Attribute(path, entry));
        }

        // Any entry counts (RFC 7644, 3.4.2.2), and for "ne" also that there is none.
        var any = Any(path, Compare(comparison, ScimColumns.Attribute(path, "entry")));
        if (comparison.Operator is ScimOperator.Ne)
        {
            return new Or(any, new Not(IsSet(ScimColumns.Json(path))));
        }

        return IsIndexed(comparison) ? new And(HasEmail(comparison), any) : any;
    }

    private static Comparison Compare(ScimComparison comparison, Filtering.Attribute attribute) => new(
        attribute,
        comparison.Operator switch
        {
            ScimOperator.Eq => ComparisonOperator.Equal,
            ScimOperator.Ne => ComparisonOperator.NotEqual,
            ScimOperator.Co => ComparisonOperator.Contains,
            ScimOperator.Sw => ComparisonOperator.StartsWith,
            ScimOperator.Ew => ComparisonOperator.EndsWith,
            ScimOperator.Gt => ComparisonOperator.GreaterThan,
            ScimOperator.Ge => ComparisonOperator.GreaterThanOrEqual,
            ScimOperator.Lt => ComparisonOperator.LessThan,
            _ => ComparisonOperator.LessThanOrEqual,
        },
        comparison.Value switch
        {
            bool flag => flag ? "true" : "false",
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            var text when ScimColumns.IsUserName(comparison.Operand.Path) => CaseFolding.Text((string)text),
            var text => (string)text,
        });

    // The index on e-mail addresses leads to the users; the test of the entries decides.
    private static bool IsIndexed(ScimComparison comparison) =>
        comparison.Operator is ScimOperator.Eq
        && comparison.Operand.Path is { Schema.IsExtension: false, Attribute.Name: "emails", Sub.Name: "value" };

    private static SqlTest HasEmail(ScimComparison comparison) => new(sql =>
        $"{ScimColumns.LoweredEmails} @> jsonb_build_array(jsonb_build_object('value', lower({sql.Text((string)comparison.Value)})))");

    private static SqlTest Any(ScimAttributePath path, Predicate test) =>
        new(sql => $"EXISTS (SELECT FROM jsonb_array_elements({ScimColumns.Json(path)}) entry WHERE {sql.Of(test)})");

    private static SqlTest IsSet(string json) => new(_ => $"(coalesce({json}, 'null') NOT IN {NoValue})");
}
