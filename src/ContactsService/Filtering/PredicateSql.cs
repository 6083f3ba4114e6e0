using System.Globalization;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Filtering;

/// <summary>Compiles predicates to SQL, with the tests that indexes answer.</summary>
/// <param name="sql">Takes the parameters.</param>
/// <param name="bookId">The book that is read: lookup hashes are of one book.</param>
/// <param name="alias">The alias of the table with its dot; empty when the columns of the attributes are whole expressions.</param>
internal sealed class PredicateSql(SqlBuilder sql, Guid bookId, string alias)
{
    private const int PrefixLength = 64;

    /// <summary>The predicate as a boolean expression, which is NULL where a comparison lacks its attribute.</summary>
    public string Of(Predicate predicate) => predicate switch
    {
        And { Terms: [] } => "true",
        Or { Terms: [] } => "false",
        And and => $"({string.Join(" AND ", and.Terms.Select(Of))})",
        Or or => $"({string.Join(" OR ", Merged(or).Select(Of))})",
        Not not => $"(({Of(not.Term)}) IS NOT TRUE)",
        Comparison comparison => Compare(comparison),
        SqlTest test => test.Write(this),
        IndexTest test => test.Write(this, alias),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>What has to hold in any case, each term behind an AND.</summary>
    public string Terms(Predicate predicate) => string.Concat(predicate.Conjuncts.Select(term => $" AND {Of(term)}"));

    /// <summary>Adds the parameter with the lookup hashes of what is compared to.</summary>
    public string Hashes(Comparison lookup) => Hashes(lookup.Attribute.Column, lookup.Values);

    /// <summary>Adds a parameter with the lookup hashes of entries of a column.</summary>
    public string Hashes(string column, IEnumerable<string> entries) => sql.Add(
        entries.Select(entry => LookupHash.Of(bookId, column, entry)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    /// <summary>Adds the parameter with a query of the search index, whose entries are of one book.</summary>
    public string SearchQuery(Func<Guid, string> query) => $"{sql.Add(query(bookId), NpgsqlDbType.Unknown)}::tsquery";

    /// <summary>Adds a parameter with a text.</summary>
    public string Text(string value) => sql.Add(value, NpgsqlDbType.Text);

    // Clients fetch a page of users by their ids: one search of the index instead of hundreds of alternatives.
    private static IEnumerable<Predicate> Merged(Or or) => or.Terms
        .OfType<Comparison>()
        .Where(IsEquality)
        .GroupBy(equality => equality.Attribute)
        .Select(equalities => equalities.First() with { Values = [.. equalities.SelectMany(equality => equality.Values)] })
        .Concat(or.Terms.Where(term => term is not Comparison comparison || !IsEquality(comparison)));

    private static bool IsEquality(Comparison comparison) => comparison.Operator is ComparisonOperator.Equal;

    private string Compare(Comparison comparison) => comparison.Operator switch
    {
        ComparisonOperator.Equal => Equal(comparison.Attribute, comparison.Values),
        ComparisonOperator.NotEqual => Of(new Not(comparison with { Operator = ComparisonOperator.Equal })),
        ComparisonOperator.Exists => Any(comparison, value => Exists(comparison.Attribute, value == "true")),
        ComparisonOperator.StartsWith => Any(comparison, value => StartsWith(comparison.Attribute, value)),
        ComparisonOperator.EndsWith => AnyText(comparison, (text, value) => $"right({text}, length({value})) = {value}"),
        ComparisonOperator.Contains => AnyText(comparison, (text, value) => $"strpos({text}, {value}) > 0"),
        ComparisonOperator.Like => AnyText(comparison, (text, value) => $"{text} LIKE {value}"),
        ComparisonOperator.GreaterThan => Any(comparison, value => Order(comparison.Attribute, ">", value)),
        ComparisonOperator.GreaterThanOrEqual => Any(comparison, value => Order(comparison.Attribute, ">=", value)),
        ComparisonOperator.LessThan => Any(comparison, value => Order(comparison.Attribute, "<", value)),
        ComparisonOperator.LessThanOrEqual => Any(comparison, value => Order(comparison.Attribute, "<=", value)),
        _ => throw new InvalidOperationException(),
    };

    private string Equal(Attribute attribute, IReadOnlyList<string> values)
    {
        var column = Column(attribute);
        switch (attribute.Kind)
        {
            case AttributeKind.Time or AttributeKind.Number or AttributeKind.Flag:
            case AttributeKind.Text when attribute.IsLowered:
                return $"({string.Join(" OR ", values.Select(value => $"{column} = {Typed(attribute, value)}"))})";
            case AttributeKind.Ids:
                var ids = values.Select(value => Guid.TryParseExact(value, "D", out var id) ? id : Guid.Empty).ToArray();
                return $"{column} && {sql.Add(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid)}";
            case AttributeKind.Word when values.Count == 1:
                return $"{column} = {Text(values[0])}"; // keeps the order of an index, as ANY does not
        }

        var texts = sql.Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        if (attribute.Kind is AttributeKind.Texts or AttributeKind.Phones or AttributeKind.Tagged)
        {
            var lookup = attribute.HasLookup ? $"{alias}lookup && {Hashes(new(attribute, ComparisonOperator.Equal, values))} AND " : "";
            return $"{lookup}{column} && {texts}";
        }

        var hasPrefix = attribute.HasPrefixIndex && values.All(value => value.Length <= PrefixLength);
        return $"{(hasPrefix ? $"left({column}, {PrefixLength}) = ANY({texts}) AND " : "")}{column} = ANY({texts})";
    }

    private string StartsWith(Attribute attribute, string value)
    {
        var test = Each(attribute, text => $"starts_with({text}, {Text(attribute, value)})");
        if (attribute.SortColumn is not { } sort)
        {
            return test;
        }

        // A range of the index: what a name begins with is asked at each key that somebody presses.
        var first = SortText.Beginning(value);
        return $"({alias}{sort} >= {Text(first)} AND {alias}{sort} <= {Text(first + CaseFolding.Last)} AND {test})";
    }

    private string Exists(Attribute attribute, bool wanted) => attribute.Kind switch
    {
        AttributeKind.Tagged => $"{(wanted ? "" : "NOT ")}{Each(attribute, _ => "true")}",
        AttributeKind.Ids => $"cardinality({Column(attribute)}) {(wanted ? "> 0" : "= 0")}",
        _ => $"{Column(attribute)} IS {(wanted ? "NOT NULL" : "NULL")}",
    };

    private string Order(Attribute attribute, string sign, string value) => attribute.Kind switch
    {
        AttributeKind.Time or AttributeKind.Number => $"{Column(attribute)} {sign} {Typed(attribute, value)}",
        // A year-less date (--02-03) is neither before nor after another one.
        AttributeKind.Date => $"{Column(attribute)} {sign} {Text(value)} AND {Column(attribute)} >= '0'",
        _ => $"{Column(attribute)} COLLATE \"C\" {sign} {Text(attribute, value)}", // the same order in every database
    };

    private string AnyText(Comparison comparison, Func<string, string, string> test) =>
        Any(comparison, value => Each(comparison.Attribute, text => test(text, Text(comparison.Attribute, value))));

    private static string Any(Comparison comparison, Func<string, string> test) =>
        $"({string.Join(" OR ", comparison.Values.Select(test))})";

    // The test of the text in the column, or of any entry of a list.
    private string Each(Attribute attribute, Func<string, string> test)
    {
        switch (attribute.Kind)
        {
            case AttributeKind.Texts or AttributeKind.Phones:
                return $"EXISTS (SELECT FROM unnest({Column(attribute)}) entry WHERE {test("entry")})";
            case AttributeKind.Tagged:
                var tag = Text($"{attribute.Tag}:");
                var tagged = $"starts_with(entry, {tag}) AND {test($"substr(entry, length({tag}) + 1)")}";
                return $"EXISTS (SELECT FROM unnest({Column(attribute)}) entry WHERE {tagged})";
            default:
                return test(Column(attribute));
        }
    }

    private string Typed(Attribute attribute, string value) => attribute.Kind switch
    {
        AttributeKind.Time => sql.Add(
            DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), NpgsqlDbType.TimestampTz),
        AttributeKind.Number => sql.Add(long.Parse(value, CultureInfo.InvariantCulture), NpgsqlDbType.Bigint),
        AttributeKind.Flag => sql.Add(value == "true", NpgsqlDbType.Boolean),
        _ => Text(attribute, value),
    };

    private string Column(Attribute attribute) => attribute.IsLowered ? $"lower({alias}{attribute.Column})" : $"{alias}{attribute.Column}";

    private string Text(Attribute attribute, string value) => attribute.IsLowered ? $"lower({Text(value)})" : Text(value);
}
