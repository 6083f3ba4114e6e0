using ContactsService.Storage;

namespace ContactsService.Filtering;

/// <summary>Alternatives of which one has to hold; the conditions of an alternative all have to. Without alternatives nothing does.</summary>
internal sealed record PredicateAnyOf(params IReadOnlyList<IReadOnlyList<Condition>> Alternatives)
{
    /// <summary>As SQL over the alias <c>c</c>.</summary>
    public string Where(SqlBuilder sql, Guid bookId) => Alternatives.Count == 0
        ? "false"
        : $"({string.Join(" OR ", Alternatives.Select(all => $"({string.Join(" AND ", all.Select(one => WhereClause.Of(one, sql, bookId)))})"))})";
}
