using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>
/// Where the contacts that a caller sees come from, as FROM and WHERE over the alias <c>c</c>. The two never show the same id:
/// the own book has what the directory does not know; the organization's book has its contacts and directory, and
/// lends its attributes to those that the caller has, too, so that they are always current and nothing is copied.
/// </summary>
internal static class VisibleContacts
{
    /// <summary>The caller's own book, without what the directory knows; <see cref="ContactView.Columns"/> of it.</summary>
    public const string OwnColumns =
        "c.contact_id, true AS is_own, c.body, c.group_ids, c.resolved, c.version, c.created, c.last_modified, c.contact_type, "
        + "NULL::text AS own_body, NULL::bigint AS directory_version";

    // Columns that belong to whoever has the contact, even when the directory knows it.
    private static readonly string[] OwnersColumns =
        ["owner_id", .. Columns(isOwnerField: true)];

    private static readonly string[] DirectoryColumns =
    [
        "contact_id", "contact_type", "type", "resolved", "body", "sort_name", "lookup", .. Columns(isOwnerField: false),
    ];

    /// <summary>
    /// The table, or what a look-up by a number or address finds of it. Alone, behind OFFSET: the planner does not know how few that is, and would read
    /// the whole book beside it. (The hashes are of one book; the conditions around this name it all the same.)
    /// </summary>
    public static string Table(IReadOnlyList<Condition> conditions, SqlBuilder sql, BookKey book) =>
        conditions.FirstOrDefault(condition => condition.IsLookup) is { } lookup ? $"({Found(lookup, sql, book)} OFFSET 0)" : "contact";

    /// <summary>
    /// The same of the organization's book. What is the owner's of a contact that comes from the directory is found in the own book.
    /// </summary>
    public static string SharedTable(IReadOnlyList<Condition> conditions, SqlBuilder sql, BookKey own, BookKey shared)
    {
        if (conditions.FirstOrDefault(condition => condition.IsLookup) is not { } lookup || !IsOwners(lookup.Attribute))
        {
            return Table(conditions, sql, shared);
        }

        return $"""
            ({Found(lookup, sql, shared)}
             UNION ALL
             SELECT entry.* FROM ({Found(lookup, sql, own)} OFFSET 0) mine JOIN contact entry
               ON entry.book_id = {sql.Add(shared.Id, NpgsqlDbType.Uuid)} AND entry.organization = mine.organization AND entry.contact_id = mine.contact_id
             WHERE mine.contact_type = 'CLOUD' AND entry.contact_type = 'CLOUD' OFFSET 0)
            """;
    }

    /// <summary>Conditions on the organization's book: the hashes there know nothing of what is the owner's (<see cref="SharedTable"/> does).</summary>
    public static IReadOnlyList<Condition> InShared(IReadOnlyList<Condition> conditions) =>
    [
        .. conditions.Select(condition => IsOwners(condition.Attribute) ? condition with { Attribute = condition.Attribute with { HasLookup = false } } : condition),
    ];

    /// <summary>The caller's own book, without what the directory knows.</summary>
    public static string Own(string table, string own, string shared, string organization) => $"""
        {table} c
         WHERE c.book_id = {own} AND c.organization = {organization}
           AND (c.contact_type = 'CUSTOM' OR NOT EXISTS (
                SELECT FROM contact d WHERE d.book_id = {shared} AND d.organization = {organization}
                                        AND d.contact_id = c.contact_id AND d.contact_type = 'CLOUD'))
        """;

    /// <summary>The organization's book as this caller sees it: what the caller has of the directory is the caller's.</summary>
    /// <param name="table">See <see cref="Table"/>.</param>
    /// <param name="own">The parameter of the caller's own book.</param>
    /// <param name="shared">The parameter of the organization's book.</param>
    /// <param name="organization">The parameter of the organization.</param>
    /// <param name="onlyOwn">True when only what is also in the own book is asked for: the smaller of the two then leads.</param>
    public static string Shared(string table, string own, string shared, string organization, bool onlyOwn) => $"""
        (SELECT {string.Join(", ", DirectoryColumns.Select(column => $"d.{column}"))},
                {string.Join(", ", OwnersColumns.Select(column => $"CASE WHEN mine.book_id IS NULL THEN d.{column} ELSE mine.{column} END AS {column}"))},
                mine.book_id IS NOT NULL AS is_own, d.group_ids AS directory_groups, mine.body AS own_body,
                {(onlyOwn ? "mine.group_ids" : "COALESCE(mine.group_ids, d.group_ids)")} AS group_ids,
                COALESCE(mine.version, d.version) AS version, CASE WHEN mine.book_id IS NOT NULL THEN d.version END AS directory_version,
                COALESCE(mine.created, d.created) AS created, GREATEST(mine.last_modified, d.last_modified) AS last_modified
         FROM {(onlyOwn ? JoinToOwn(own, shared, organization) : Join(table, own, shared, organization))}
           AND ((mine.book_id IS NULL AND d.resolved IS NOT FALSE) OR (mine.contact_type = 'CLOUD' AND d.contact_type = 'CLOUD'))) c
         WHERE true
        """;

    /// <summary>
    /// What holds of every contact of the organization (contact_in_group), and leads to the index of the few that are no users.
    /// Only for those: the planner takes it for rare.
    /// </summary>
    public const string ByType = " AND cardinality(c.directory_groups) = 0";

    private static bool IsOwners(Filtering.Attribute attribute) => OwnersColumns.Contains(attribute.Column, StringComparer.Ordinal);

    private static string Found(Condition lookup, SqlBuilder sql, BookKey book) =>
        $"SELECT * FROM contact found WHERE found.lookup && {WhereClause.Hashes(lookup.Attribute, lookup.Values, sql, book.Id)}";

    private static IEnumerable<string> Columns(bool isOwnerField) =>
        ContactField.All.Where(field => field.IsOwnerField == isOwnerField).SelectMany(field => field.Columns).Select(column => column.Name);

    private static string Join(string table, string own, string shared, string organization) => $"""
        {table} d LEFT JOIN contact mine ON mine.book_id = {own} AND mine.organization = {organization} AND mine.contact_id = d.contact_id
         WHERE d.book_id = {shared} AND d.organization = {organization}
        """;

    // OFFSET keeps the planner from beginning with the larger side, of which it may know nothing yet.
    private static string JoinToOwn(string own, string shared, string organization) => $"""
        contact mine CROSS JOIN LATERAL (
              SELECT * FROM contact entry
              WHERE entry.book_id = {shared} AND entry.organization = {organization} AND entry.contact_id = mine.contact_id OFFSET 0) d
         WHERE mine.book_id = {own} AND mine.organization = {organization} AND mine.contact_type = 'CLOUD'
        """;
}
