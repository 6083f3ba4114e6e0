using System.Globalization;
using ContactsService.Http;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Filtering;

/// <summary>One key of an order.</summary>
/// <param name="Expression">SQL that is never null: what is absent comes last, whichever the direction.</param>
/// <param name="IsText">True for text, false for a bigint.</param>
/// <param name="Descending">The direction.</param>
internal sealed record SortKey(string Expression, bool IsText, bool Descending);

/// <summary>Reads <c>sort=lastName,-lastModified</c>.</summary>
internal static class Sorting
{
    private const int MaxKeys = 5;

    /// <summary>The keys in their order; the noun's own order when nothing is asked for.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: an attribute that is unknown or has no order.</exception>
    public static IReadOnlyList<SortKey> Read(AttributeSet attributes, string? sort, SortKey standard)
    {
        if (sort is null)
        {
            return [standard];
        }

        var names = sort.Split(',');
        if (names.Length > MaxKeys)
        {
            throw Refuse($"Sort by at most {MaxKeys} attributes.");
        }

        return [.. names.Select(name => Key(attributes, name.Trim(), standard))];
    }

    /// <summary>The ORDER BY over the columns of <see cref="KeyColumns"/>; the id decides between equals.</summary>
    public static string OrderBy(IReadOnlyList<SortKey> order, string id) =>
        string.Join(", ", order
            .Select((key, i) => string.Create(CultureInfo.InvariantCulture, $"k{i}{(key.Descending ? " DESC" : "")}"))
            .Append(id));

    /// <summary>The keys as columns <c>k0</c>, <c>k1</c> …</summary>
    public static string KeyColumns(IReadOnlyList<SortKey> order) =>
        string.Join(", ", order.Select((key, i) => string.Create(CultureInfo.InvariantCulture, $"{key.Expression} AS k{i}")));

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
        return $"({string.Join(" OR ", alternatives.Select(alternative => $"({alternative})"))})";
    }

    /// <summary>
    /// The order of <see cref="SortText"/> for a folded column that has no key of its own, as SQL: without case, which the column does not
    /// have, and with the accents as one. Texts of ASCII, which are most, cost nothing.
    /// </summary>
    public static string AccentsLast(string column)
    {
        var text = $"left({column}, {CaseFolding.SortLength})";
        var letters = $"replace(replace(translate({text}, 'øłđħŧı', 'oldhti'), 'æ', 'ae'), 'œ', 'oe')";
        return $"""
            CASE WHEN octet_length({text}) = length({text}) THEN {text}
                 ELSE regexp_replace(normalize({letters}, NFKD), '[\u0300-\u036F\u0591-\u05C7\u064B-\u0655]', '', 'g')
                      || chr(1) || {text} END
            """;
    }

    private static SortKey Key(AttributeSet attributes, string name, SortKey standard)
    {
        var descending = name.StartsWith('-');
        var attribute = attributes.Find(descending ? name[1..] : name);
        if (attribute is not { CanSort: true })
        {
            var sortable = string.Join(", ", attributes.All.Where(known => known.CanSort).Select(known => known.Name));
            throw Refuse($"`{name}` is not a sortable attribute. Use one of: {sortable}. A minus sign in front reverses the order.");
        }

        if (attribute.Column == "display_name")
        {
            // An index has the ascending order.
            return descending
                ? new(
                    $"CASE WHEN c.display_name IS NULL THEN '' ELSE {standard.Expression} END COLLATE \"C\"", IsText: true,
                    Descending: true)
                : standard;
        }

        return attribute.Kind switch
        {
            AttributeKind.Time => new($"(extract(epoch FROM c.{attribute.Column}) * 1000000)::bigint", IsText: false, descending),
            AttributeKind.Number => new($"c.{attribute.Column}", IsText: false, descending),
            AttributeKind.Flag => new($"coalesce(c.{attribute.Column}::int, {(descending ? -1 : 2)})::bigint", IsText: false, descending),
            AttributeKind.Text => new(
                $"coalesce({AccentsLast($"c.{attribute.Column}")}, '{(descending ? "" : CaseFolding.Last)}') COLLATE \"C\"", IsText: true,
                descending),
            _ => new(
                $"coalesce(left(c.{attribute.Column}::text, {CaseFolding.SortLength}), "
                + $"'{(descending ? "" : CaseFolding.Last)}') COLLATE \"C\"",
                IsText: true,
                descending),
        };
    }

    private static ProblemException Refuse(string why) =>
        new(Problems.InvalidFilter, why) { Errors = { ["sort"] = [why] } };
}
