using System.Globalization;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>Contacts of one book as a caller sees them, as parts of a SELECT over the alias <c>c</c>.</summary>
/// <param name="Columns">Those of <see cref="ContactView"/>.</param>
/// <param name="From">The table, and the conditions after WHERE.</param>
internal sealed record VisibleSource(string Columns, string From)
{
    /// <summary>Compiles further tests of the same book.</summary>
    public required PredicateSql Compiler { get; init; }

    /// <summary>True for the own book, where <c>c.is_own</c> is no column.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Some contacts of the book, as a table <c>listed</c>: the first by name and the first by id.</summary>
    public string Sample(long size) => VisibleContacts.Sample(IsOwn, size);
}

/// <summary>
/// What a caller sees: the own book and the organization's. The two never show the same id:
/// the own book has what the directory does not know; the organization's book has its contacts and directory, and
/// lends its attributes to those that the caller has, too, so that they are always current and nothing is copied.
/// </summary>
internal sealed class VisibleContacts
{
    // The first parameters of every statement.
    private const string Own = "$1";
    private const string Shared = "$2";
    private const string Organization = "$3";

    /// <summary>The columns of a <see cref="ContactView"/>, of a contact that the directory does not know.</summary>
    public const string OwnColumns =
        "c.contact_id, true AS is_own, c.body, c.group_ids, c.resolved, c.version, c.created, c.last_modified, c.contact_type, "
        + "NULL::text AS own_body, NULL::bigint AS directory_version";

    // Columns that belong to whoever has the contact, even when the directory knows it.
    private static readonly string[] OwnersColumns =
        ["owner_id", .. ColumnsOf(isOwnerField: true)];

    private static readonly string[] DirectoryColumns =
    [
        "contact_id", "contact_type", "type", "resolved", "body", "sort_name", "lookup", "search", .. ColumnsOf(isOwnerField: false),
    ];

    private static readonly string ColumnsOfOwn = SharedColumns("mine.group_ids");
    private static readonly string ColumnsOfAll = SharedColumns("COALESCE(mine.group_ids, d.group_ids)");

    // What holds of every contact of the organization (contact_in_group), and leads to the index of the few that are no users.
    // Only for those: the planner takes it for rare.
    private const string ByType = " AND cardinality(c.directory_groups) = 0";

    private readonly Predicate filter;

    /// <summary>What the caller sees of the contacts for which the filter holds.</summary>
    public VisibleContacts(Caller caller, Predicate filter)
    {
        this.filter = filter;
        Sql.Add(caller.Own.Id, NpgsqlDbType.Uuid);
        Sql.Add(caller.Shared.Id, NpgsqlDbType.Uuid);
        Sql.Add(caller.Organization, NpgsqlDbType.Text);
        var onlyOwn = filter.Comparisons.Any(IsOnlyOwn);
        Sources = (Includes(filter, caller, caller.Own), Includes(filter, caller, caller.Shared)) switch
        {
            // By name, the own ones of the organization's contacts may come late; they go first.
            (true, true) when Search is { MaxWalked: not null } && !onlyOwn =>
                [OfOwn(caller.Own, ""), OfShared(caller, onlyOwn: true, ""), OfShared(caller, onlyOwn: false, " AND NOT c.is_own")],
            (true, true) => [OfOwn(caller.Own, ""), OfShared(caller, onlyOwn, "")],
            (true, false) => [OfOwn(caller.Own, ""), OfShared(caller, onlyOwn: true, "")],
            (false, true) => [OfShared(caller, onlyOwn, " AND NOT c.is_own")],
            (false, false) => [OfOwn(caller.Own, " AND false")],
        };
    }

    /// <summary>The statement that the sources stand in; it has their parameters.</summary>
    public SqlBuilder Sql { get; } = new();

    /// <summary>One for each book that is read, at least one: each is a range of an index that begins with its book.</summary>
    public IReadOnlyList<VisibleSource> Sources { get; }

    /// <summary>True when contacts of the organization that the caller does not have may be among them.</summary>
    public static bool IncludesOrganization(Caller caller, Predicate filter) => Includes(filter, caller, caller.Shared);

    /// <summary>One contact that the caller sees, as SQL; parameters 1 to 3 are own book, organization's book and organization.</summary>
    /// <param name="id">The id as SQL.</param>
    public static string One(string id) => $"""
        SELECT {OwnColumns} FROM {FromOwn("contact")} AND c.contact_id = {id}
        UNION ALL
        SELECT {ContactView.Columns} FROM {FromShared("contact", onlyOwn: false)} AND c.contact_id = {id}
        """;

    /// <summary>Some contacts of the own book or the organization's, as a table <c>listed</c>.</summary>
    public static string Sample(bool isOwn, long size) =>
        $"(({First(isOwn, "sort_name, entry.contact_id", size)}) UNION ALL ({First(isOwn, "contact_id", size)})) listed";

    private static string First(bool isOwn, string order, long count) => string.Create(CultureInfo.InvariantCulture, $"""
        SELECT * FROM contact entry WHERE entry.book_id = {(isOwn ? Own : Shared)} AND entry.organization = {Organization}
        ORDER BY entry.{order} LIMIT {count}
        """);

    // The owner is no column: it decides which books are read.
    private static bool Includes(Predicate filter, Caller caller, BookKey book)
    {
        bool Names(Comparison owner) => owner.Values.Any(value => value == book.OwnerId || (value == "me" && book == caller.Own));

        return filter.Comparisons.Where(IsOwner).All(owner => owner.Operator switch
        {
            ComparisonOperator.Exists => owner.Values.Contains("true", StringComparer.Ordinal),
            ComparisonOperator.NotEqual => !Names(owner),
            _ => Names(owner),
        });
    }

    private static bool IsOwner(Comparison comparison) => comparison.Attribute == ContactAttributes.OwnerId;

    // Only what is in the own book is in groups, or is seen when the directory no longer knows it.
    private static bool IsOnlyOwn(Comparison comparison) => comparison.Operator switch
    {
        ComparisonOperator.Equal => comparison.Attribute == ContactAttributes.Groups
            || (comparison.Attribute == ContactAttributes.Resolved && comparison.Values.All(value => value == "false")),
        ComparisonOperator.Exists => comparison.Attribute == ContactAttributes.Groups && comparison.Values.All(value => value == "true"),
        _ => false,
    };

    // Among many users there are few queues and custom contacts. Adapters have another name for the attribute.
    private static bool IsOfFew(Comparison comparison) =>
        comparison.Attribute.Column == ContactAttributes.Type.Column
        && comparison is { Operator: ComparisonOperator.Equal, Values: [not "User"] };

    private VisibleSource OfOwn(BookKey book, string more)
    {
        var compiler = new PredicateSql(Sql, book.Id, "c.");
        return new(OwnColumns, FromOwn(Table(compiler, Own)) + more + Terms(compiler)) { Compiler = compiler, IsOwn = true };
    }

    private VisibleSource OfShared(Caller caller, bool onlyOwn, string more)
    {
        var compiler = new PredicateSql(Sql, caller.Shared.Id, "c.");
        var byType = filter.Comparisons.Any(IsOfFew) ? ByType : "";
        var from = FromShared(onlyOwn ? "" : SharedTable(compiler, caller), onlyOwn) + byType + more + Terms(compiler, WithoutOwnerLookup);
        return new(ContactView.Columns, from) { Compiler = compiler, IsOwn = false };
    }

    private string Terms(PredicateSql compiler, Func<Predicate, Predicate>? change = null) => compiler.Terms(new And([
        .. filter.Conjuncts
            .Where(term => term is not Comparison comparison || !IsOwner(comparison))
            .Select(term => change?.Invoke(term) ?? term)]));

    // The table, or what a look-up by a number or address finds of it. Alone, behind OFFSET: the planner does not know how few
    // that is, and would read the whole book beside it. (The hashes are of one book; the conditions around this name it all the same.)
    private string Table(PredicateSql compiler, string book) => Search is { } search ? SearchTable(compiler, search, book)
        : Lookup is { } lookup ? $"({Found(compiler, lookup)} OFFSET 0)" : "contact";

    // The same of the organization's book. What is the owner's of a contact of the directory is found in the own book.
    private string SharedTable(PredicateSql compiler, Caller caller)
    {
        if (Search is not null || Lookup is not { } lookup || !IsOwnerColumn(lookup.Attribute))
        {
            return Table(compiler, Shared);
        }

        return $"""
            ({Found(compiler, lookup)}
             UNION ALL
             SELECT entry.* FROM ({Found(new PredicateSql(Sql, caller.Own.Id, "c."), lookup)} OFFSET 0) mine JOIN contact entry
               ON entry.book_id = {Shared} AND entry.organization = mine.organization AND entry.contact_id = mine.contact_id
             WHERE mine.contact_type = 'CLOUD' AND entry.contact_type = 'CLOUD' OFFSET 0)
            """;
    }

    private static string SearchTable(PredicateSql compiler, IndexTest search, string book) => search.MaxWalked is { } max
        ? $"({First(book == Own, "sort_name, entry.contact_id", max)})"
        : $"(SELECT * FROM contact found WHERE {search.Write(compiler, "found.")} OFFSET 0)";

    private IndexTest? Search => filter.Conjuncts.OfType<IndexTest>().FirstOrDefault();

    private Comparison? Lookup => filter.Comparisons.FirstOrDefault(comparison => comparison.IsLookup);

    private static string Found(PredicateSql compiler, Comparison lookup) =>
        $"SELECT * FROM contact found WHERE found.lookup && {compiler.Hashes(lookup)}";

    // The hashes of the organization's book know nothing of what is the owner's.
    private static Predicate WithoutOwnerLookup(Predicate term) => term is Comparison comparison && IsOwnerColumn(comparison.Attribute)
        ? comparison with { Attribute = comparison.Attribute with { HasLookup = false } }
        : term;

    private static bool IsOwnerColumn(Filtering.Attribute attribute) => OwnersColumns.Contains(attribute.Column, StringComparer.Ordinal);

    private static IEnumerable<string> ColumnsOf(bool isOwnerField) =>
        ContactField.All
            .Where(field => field.IsOwnerField == isOwnerField)
            .SelectMany(field => field.Columns)
            .Select(column => column.Name);

    // The own book, without what the directory knows. (With NOT EXISTS, a generic plan reads the whole directory into a hash table.)
    private static string FromOwn(string table) => $"""
        {table} c
         WHERE c.book_id = {Own} AND c.organization = {Organization}
           AND (c.contact_type = 'CUSTOM' OR (
                SELECT d.contact_type FROM contact d
                WHERE d.book_id = {Shared} AND d.organization = {Organization} AND d.contact_id = c.contact_id) IS DISTINCT FROM 'CLOUD')
        """;

    // The organization's book: what the caller has of the directory is the caller's. With onlyOwn, nothing but that is asked for:
    // the smaller of the two books then leads.
    private static string FromShared(string table, bool onlyOwn) => $"""
        ({(onlyOwn ? ColumnsOfOwn : ColumnsOfAll)}
         FROM {(onlyOwn ? JoinToOwn : Join(table))}
           AND ((mine.book_id IS NULL AND d.resolved IS NOT FALSE) OR (mine.contact_type = 'CLOUD' AND d.contact_type = 'CLOUD'))) c
         WHERE true
        """;

    private static string SharedColumns(string groups) => $"""
        SELECT {string.Join(", ", DirectoryColumns.Select(column => $"d.{column}"))},
                {string.Join(", ", OwnersColumns.Select(OfOwner))},
                mine.book_id IS NOT NULL AS is_own, d.group_ids AS directory_groups, mine.body AS own_body, {groups} AS group_ids,
                COALESCE(mine.version, d.version) AS version, CASE WHEN mine.book_id IS NOT NULL THEN d.version END AS directory_version,
                COALESCE(mine.created, d.created) AS created, GREATEST(mine.last_modified, d.last_modified) AS last_modified
        """;

    private static string OfOwner(string column) => $"CASE WHEN mine.book_id IS NULL THEN d.{column} ELSE mine.{column} END AS {column}";

    private static string Join(string table) => $"""
        {table} d LEFT JOIN contact mine ON mine.book_id = {Own} AND mine.organization = {Organization} AND mine.contact_id = d.contact_id
         WHERE d.book_id = {Shared} AND d.organization = {Organization}
        """;

    // OFFSET keeps the planner from beginning with the larger side, of which it may know nothing yet.
    private const string JoinToOwn = $"""
        contact mine CROSS JOIN LATERAL (
              SELECT * FROM contact entry
              WHERE entry.book_id = {Shared} AND entry.organization = {Organization} AND entry.contact_id = mine.contact_id OFFSET 0) d
         WHERE mine.book_id = {Own} AND mine.organization = {Organization} AND mine.contact_type = 'CLOUD'
        """;
}
