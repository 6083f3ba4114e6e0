using System.Globalization;
using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>
/// The SQL of writes. Each is one statement behind the lock of the book, so a write is one round trip and one
/// transaction, and sees everything that earlier writers of the book have done. It changes nothing, and returns no row,
/// when a condition does not hold: the book does not exist, a group is not of this book, a version is not current.
/// </summary>
internal static class ContactStatements
{
    // $1 book, $2 organization, $3 contact, $4 groups; then what differs, and the columns of ContactColumns
    private const int FirstOfAdd = 7;
    private const int FirstOfReplace = 6;
    private static readonly int AfterReplace = FirstOfReplace + ContactColumns.All.Count;

    // Taken under the lock, and later than every earlier write of the book.
    private const string Now = "greatest(clock_timestamp(), b.last_write + interval '1 microsecond') AS now";

    private const string PlacedAndRaised = """
        known AS (
            SELECT place.* FROM place
            WHERE (SELECT count(*) FROM contact_group g
                   WHERE g.book_id = $1 AND g.organization = $2 AND g.group_id = ANY(place.groups)) = cardinality(place.groups)),
        raised AS (
            UPDATE book SET revision = known.version, last_write = known.now FROM known WHERE book.book_id = $1 AND book.organization = $2)
        """;

    /// <summary>Groups asked for become places; none asked for is the default group; a shared book has none.</summary>
    private const string Groups = """
        CASE WHEN b.owner_id = b.organization THEN '{}'::uuid[]
             WHEN cardinality($4) > 0 THEN $4
             ELSE ARRAY[b.default_group_id] END AS groups
        """;

    // As above, but those asked for that are not of the book count as not asked for.
    private const string KnownGroups = """
        COALESCE(NULLIF(ARRAY(SELECT g.group_id FROM contact_group g
                              WHERE g.book_id = $1 AND g.organization = $2 AND g.group_id = ANY($4)), '{}'),
                 ARRAY[b.default_group_id]) AS groups
        """;

    private static readonly string AddSql = AddTo(Groups);
    private static readonly string AddToKnownSql = AddTo(KnownGroups);

    private static string AddTo(string groups) => $"""
        WITH place AS (
            SELECT b.revision + 1 AS version, {Now}, {groups}
            FROM book b WHERE b.book_id = $1 AND b.organization = $2
            FOR NO KEY UPDATE), -- the lock before this statement finds nothing when the book is created between the two
        {PlacedAndRaised},
        joined AS (
            UPDATE contact_group g SET version = known.version, last_modified = known.now, member_count = member_count + 1 FROM known
            WHERE g.book_id = $1 AND g.organization = $2 AND g.group_id = ANY(known.groups))
        INSERT INTO contact (book_id, organization, contact_id, owner_id, group_ids, version, created, last_modified, extension,
            {string.Join(", ", ContactColumns.All)})
        SELECT $1, $2, $3, $5, known.groups, known.version, known.now, known.now, $6, {Places(FirstOfAdd)} FROM known
        RETURNING group_ids, version, created, last_modified
        """;

    private static readonly string ReplaceSql = ReplaceWith("");
    // The members of other adapters stay.
    private static readonly string ReplaceWithExtensionSql = ReplaceWith(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        , extension = NULLIF(
            (COALESCE(c.extension, '{}')::jsonb - ${{AfterReplace}} || COALESCE(${{AfterReplace + 1}}, '{}')::jsonb)::text, '{}')
        """));

    private static string ReplaceWith(string more) => $"""
        WITH place AS (
            SELECT b.revision + 1 AS version, {Now}, c.group_ids AS before, {Groups}
            FROM book b JOIN contact c ON c.book_id = b.book_id
            WHERE b.book_id = $1 AND b.organization = $2 AND c.organization = $2 AND c.contact_id = $3
              AND ($5::bigint[] IS NULL OR c.version = ANY($5)) AND c.contact_type = $6
            FOR NO KEY UPDATE OF b),
        {PlacedAndRaised},
        moved AS (
            UPDATE contact_group g SET version = known.version, last_modified = known.now,
                member_count = member_count + CASE WHEN g.group_id = ANY(known.groups) THEN 1 ELSE -1 END
            FROM known
            WHERE g.book_id = $1 AND g.organization = $2
              AND (g.group_id = ANY(known.groups)) <> (g.group_id = ANY(known.before)))
        UPDATE contact c SET group_ids = known.groups, version = known.version, last_modified = known.now,
            {Assignments(FirstOfReplace)}{more}
        FROM known WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = $3
        RETURNING c.group_ids, c.version, c.created, c.last_modified
        """;

    private const string RemoveSql = $"""
        WITH place AS (
            SELECT {Now} FROM book b WHERE b.book_id = $1 AND b.organization = $2 FOR NO KEY UPDATE),
        gone AS (
            DELETE FROM contact c USING place
            WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = $3 AND c.contact_type = ANY($5)
              AND ($4::bigint[] IS NULL OR c.version = ANY($4))
            RETURNING c.group_ids, place.now),
        raised AS (
            UPDATE book SET revision = revision + 1, last_write = gone.now FROM gone WHERE book.book_id = $1 AND book.organization = $2
            RETURNING book.revision, gone.group_ids, gone.now),
        parted AS (
            UPDATE contact_group g SET version = raised.revision, last_modified = raised.now, member_count = member_count - 1 FROM raised
            WHERE g.book_id = $1 AND g.organization = $2 AND g.group_id = ANY(raised.group_ids))
        INSERT INTO tombstone (book_id, organization, version, kind, id, deleted) SELECT $1, $2, revision, 'contact', $3, now FROM raised
        RETURNING version
        """;

    /// <summary>Adds a contact. Returns its groups, version and times.</summary>
    public static NpgsqlBatchCommand Add(BookKey book, string contactId, Guid[] groups, ContactDraft draft, byte[] body) =>
        Statement.Of(draft.SkipsUnknownGroups ? AddToKnownSql : AddSql, [
            .. Head(book, contactId), Statement.Value(groups), Statement.Value(book.OwnerId), Statement.Value(draft.Extension?.Column),
            .. ContactColumns.Values(book, draft, body)]);

    /// <summary>Replaces a contact of the same type, if its version is one of these (null: whichever). Returns the same.</summary>
    public static NpgsqlBatchCommand Replace(
        BookKey book, string contactId, Guid[] groups, long[]? versions, ContactDraft draft, byte[] body) =>
        Statement.Of(ReplaceSql, [
            .. Head(book, contactId), Statement.Value(groups), Statement.Value(versions),
            .. ContactColumns.Values(book, draft, body)]);

    /// <summary>
    /// Replaces a contact and what the adapter keeps beside it, which <see cref="Replace"/> leaves as it is. Returns the same.
    /// </summary>
    public static NpgsqlBatchCommand ReplaceWithExtension(
        BookKey book, string contactId, ContactDraft draft, Extension extension, byte[] body) =>
        Statement.Of(ReplaceWithExtensionSql, [
            .. Head(book, contactId), Statement.Value((Guid[])[]), Statement.Value((long[]?)null),
            .. ContactColumns.Values(book, draft, body), Statement.Value(extension.Adapter), Statement.Value(extension.Column)]);

    /// <summary>Deletes a contact, if its version is one of these (null: whichever). Returns the revision.</summary>
    public static NpgsqlBatchCommand Remove(BookKey book, string contactId, long[]? versions) =>
        Statement.Of(RemoveSql, [
            .. Head(book, contactId), Statement.Value(versions), Statement.Value(book.IsShared ? ["CUSTOM"] : ["CUSTOM", "CLOUD"])]);

    private static NpgsqlParameter[] Head(BookKey book, string contactId) =>
        [Statement.Value(book.Id), Statement.Value(book.Organization), Statement.Value(contactId)];

    private static string Places(int first) =>
        string.Join(", ", ContactColumns.All.Select((column, i) => ContactColumns.Placeholder(column, first + i)));

    private static string Assignments(int first) =>
        string.Join(", ", ContactColumns.All.Select((column, i) => $"{column} = {ContactColumns.Placeholder(column, first + i)}"));
}
