using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Filtering;

/// <summary>Conditions and places in a list as SQL over the alias <c>c</c>.</summary>
internal static class WhereClause
{
    private const int PrefixLength = 64;

    /// <summary>One condition; several are joined with AND by whoever calls.</summary>
    public static string Of(Condition condition, SqlBuilder sql, Guid bookId)
    {
        var attribute = condition.Attribute;
        var column = $"c.{attribute.Column}";
        return condition.Operator switch
        {
            "exists" => Any(condition.Values, value => Exists(attribute, column, value == "true", sql)),
            "ne" => $"({Equal(attribute, column, condition.Values, sql, bookId)}) IS NOT TRUE",
            "startsWith" => Any(condition.Values, value => StartsWith(attribute, column, value, sql)),
            "contains" => Any(condition.Values, value => Each(attribute, column, one => $"strpos({one}, {sql.Add(value, NpgsqlDbType.Text)}) > 0", sql)),
            "like" => Any(condition.Values, value => Each(attribute, column, one => $"{one} LIKE {sql.Add(value, NpgsqlDbType.Text)}", sql)),
            "" => Equal(attribute, column, condition.Values, sql, bookId),
            // A year-less date (--02-03) is neither before nor after another one.
            var comparison => Any(condition.Values, value => $"{column} {Sign(comparison)} {Parameter(attribute, value, sql)}{(attribute.Kind is AttributeKind.Date ? $" AND {column} >= '0'" : "")}"),
        };
    }

    /// <summary>What comes behind a place: (keys, id) in their order and direction.</summary>
    public static string After(IReadOnlyList<SortKey> order, string id, IReadOnlyList<object> place, SqlBuilder sql)
    {
        var keys = order.Append(new SortKey(id, IsText: true, Descending: false)).ToList();
        var values = place.Select((value, i) => sql.Add(value, keys[i].IsText ? NpgsqlDbType.Text : NpgsqlDbType.Bigint)).ToList();
        if (keys.TrueForAll(key => !key.Descending))
        {
            // A row comparison is a range of the index.
            return $"({string.Join(", ", keys.Select(key => key.Expression))}) > ({string.Join(", ", values)})";
        }

        var alternatives = keys.Select((key, i) => string.Join(" AND ", [
            .. keys.Take(i).Select((before, j) => $"{before.Expression} = {values[j]}"),
            $"{key.Expression} {(key.Descending ? "<" : ">")} {values[i]}"]));
        return $"({string.Join(" OR ", alternatives.Select(one => $"({one})"))})";
    }

    /// <summary>The hash by which the lookup index finds one entry of one attribute in one book.</summary>
    public static long Lookup(Guid bookId, string column, string value)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{bookId}{column}:{value}"), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary>The parameter with the hashes of entries in one book.</summary>
    public static string Hashes(Attribute attribute, IReadOnlyList<string> values, SqlBuilder sql, Guid bookId) =>
        sql.Add(values.Select(value => Lookup(bookId, attribute.Column, value)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    private static string Equal(Attribute attribute, string column, IReadOnlyList<string> values, SqlBuilder sql, Guid bookId)
    {
        if (attribute.Kind is AttributeKind.Time or AttributeKind.Number or AttributeKind.Flag)
        {
            return Any(values, value => $"{column} = {Parameter(attribute, value, sql)}");
        }

        if (attribute.Kind is AttributeKind.Ids)
        {
            var ids = values.Select(value => Guid.TryParseExact(value, "D", out var id) ? id : Guid.Empty).ToArray();
            return $"{column} && {sql.Add(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid)}";
        }

        if (attribute.Kind is AttributeKind.Word && values.Count == 1)
        {
            return $"{column} = {sql.Add(values[0], NpgsqlDbType.Text)}"; // keeps the order of an index, as ANY does not
        }

        var texts = sql.Add(values.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        if (attribute.Kind is AttributeKind.Texts or AttributeKind.Phones or AttributeKind.Tagged)
        {
            var entries = $"{column} && {texts}";
            if (!attribute.HasLookup)
            {
                return entries;
            }

            return $"c.lookup && {Hashes(attribute, values, sql, bookId)} AND {entries}";
        }

        if (!attribute.HasPrefixIndex)
        {
            return $"{column} = ANY({texts})";
        }

        var prefixes = values.Select(value => value.Length <= PrefixLength ? value : null).ToArray();
        return prefixes.Contains(null)
            ? $"{column} = ANY({texts})"
            : $"left({column}, {PrefixLength}) = ANY({texts}) AND {column} = ANY({texts})";
    }

    private static string StartsWith(Attribute attribute, string column, string value, SqlBuilder sql)
    {
        var test = Each(attribute, column, one => $"starts_with({one}, {sql.Add(value, NpgsqlDbType.Text)})", sql);
        if (attribute.SortColumn is not { } sort)
        {
            return test;
        }

        // A range of the index: what a name begins with is asked at each key that somebody presses.
        var first = CaseFolding.SortKey(value);
        return $"(c.{sort} >= {sql.Add(first, NpgsqlDbType.Text)} AND c.{sort} <= {sql.Add(first + CaseFolding.Last, NpgsqlDbType.Text)} AND {test})";
    }

    private static string Exists(Attribute attribute, string column, bool wanted, SqlBuilder sql) => attribute.Kind switch
    {
        AttributeKind.Tagged => $"{(wanted ? "" : "NOT ")}{Each(attribute, column, _ => "true", sql)}",
        AttributeKind.Ids => $"cardinality({column}) {(wanted ? "> 0" : "= 0")}",
        _ => $"{column} IS {(wanted ? "NOT NULL" : "NULL")}",
    };

    private static string Each(Attribute attribute, string column, Func<string, string> test, SqlBuilder sql)
    {
        switch (attribute.Kind)
        {
            case AttributeKind.Texts or AttributeKind.Phones:
                return $"EXISTS (SELECT FROM unnest({column}) entry WHERE {test("entry")})";
            case AttributeKind.Tagged:
                var tag = sql.Add($"{attribute.Tag}:", NpgsqlDbType.Text);
                return $"EXISTS (SELECT FROM unnest({column}) entry WHERE starts_with(entry, {tag}) AND {test($"substr(entry, length({tag}) + 1)")})";
            default:
                return test(column);
        }
    }

    private static string Parameter(Attribute attribute, string value, SqlBuilder sql) => attribute.Kind switch
    {
        AttributeKind.Time => sql.Add(
            DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), NpgsqlDbType.TimestampTz),
        AttributeKind.Date => sql.Add(value, NpgsqlDbType.Text),
        AttributeKind.Number => sql.Add(long.Parse(value, CultureInfo.InvariantCulture), NpgsqlDbType.Bigint),
        _ => sql.Add(value == "true", NpgsqlDbType.Boolean),
    };

    private static string Sign(string comparison) => comparison switch { "gt" => ">", "gte" => ">=", "lt" => "<", _ => "<=" };

    private static string Any(IReadOnlyList<string> values, Func<string, string> one) => $"({string.Join(" OR ", values.Select(one))})";
}
