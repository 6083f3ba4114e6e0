using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Changes;

/// <summary>
/// The SQL of changes. First the ids of what changed in a book after a place, in its order; then the state of each as the caller sees it
/// now: a contact of the one book may be shown, or be hidden, by the other.
/// </summary>
internal static class ChangeStatements
{
    /// <summary>Where the columns of a <see cref="GroupView"/> begin; before them are those of a <see cref="ContactView"/>.</summary>
    public const int FirstOfGroup = ContactView.ColumnCount;

    /// <summary>The ordinal of the version; kind and id follow it.</summary>
    public const int VersionOrdinal = FirstOfGroup + GroupView.ColumnCount;

    private const string RevisionsSql =
        "SELECT book_id, revision, purged_version FROM book WHERE book_id = ANY($1) AND organization = ANY($2)";

    private static readonly string OwnSql = ReadSql("$1");
    private static readonly string SharedSql = ReadSql("$2");

    /// <summary>The revisions of the books of callers: book, revision, latest deletion that is no longer remembered.</summary>
    public static NpgsqlBatchCommand Revisions(params IReadOnlyCollection<Caller> callers) => Statement.Of(
        RevisionsSql,
        Statement.Value(callers.SelectMany(caller => (Guid[])[caller.Own.Id, caller.Shared.Id]).Distinct().ToArray()),
        Statement.Value(callers.Select(caller => caller.Organization).Distinct(StringComparer.Ordinal).ToArray()));

    /// <summary>The next changes of one of the books.</summary>
    /// <param name="caller">Whose books they are.</param>
    /// <param name="isOwn">True for the own book, false for the organization's.</param>
    /// <param name="position">How far the book has been read.</param>
    /// <param name="start">Deletions up to this version are left out.</param>
    /// <param name="limit">The most changes.</param>
    public static NpgsqlBatchCommand Read(Caller caller, bool isOwn, BookPosition position, long start, int limit)
    {
        var contact = position.Of(ChangeKind.Contact);
        var group = position.Of(ChangeKind.Group);
        var deletion = position.CompleteVersion < start ? new BookPosition(start) : position;
        var deletionVersion = deletion.Kind is null ? deletion.Version + 1 : deletion.Version;
        return Statement.Of(
            isOwn ? OwnSql : SharedSql,
            Statement.Value(caller.Own.Id),
            Statement.Value(caller.Shared.Id),
            Statement.Value(caller.Organization),
            Statement.Value(contact.Version),
            Statement.Value(contact.Id),
            // Before the first group of a version is behind the last one of the version before: the first may have the nil UUID.
            Statement.Value(group.Id.Length == 0 ? group.Version - 1 : group.Version),
            Statement.Value(group.Id.Length == 0 ? Guid.AllBitsSet : Guid.Parse(group.Id)),
            Statement.Value(deletionVersion),
            Statement.Value(deletion.Kind ?? ""),
            Statement.Value(deletion.Id ?? ""),
            Statement.Value((long)limit));
    }

    // $1 own book, $2 organization's book, $3 organization; $4 and $5 the place among contacts, $6 and $7 among groups,
    // $8 to $10 among deletions; $11 the most changes. A deletion of what exists again is left out: it comes later, with its own version.
    private static string ReadSql(string book) => $"""
        WITH changed AS (SELECT * FROM (
            (SELECT entry.version, 'contact' AS kind, entry.contact_id AS id, NULL::uuid AS group_id
             FROM contact entry
             WHERE entry.book_id = {book} AND entry.organization = $3 AND (entry.version, entry.contact_id) > ($4, $5)
             ORDER BY entry.version, entry.contact_id LIMIT $11)
            UNION ALL
            (SELECT entry.version, 'group', entry.group_id::text, entry.group_id
             FROM contact_group entry
             WHERE entry.book_id = {book} AND entry.organization = $3 AND (entry.version, entry.group_id) > ($6, $7)
             ORDER BY entry.version, entry.group_id LIMIT $11)
            UNION ALL
            (SELECT entry.version, entry.kind, entry.id, CASE WHEN entry.kind = 'group' THEN entry.id::uuid END
             FROM tombstone entry
             WHERE entry.book_id = {book} AND entry.organization = $3 AND (entry.version, entry.kind, entry.id) > ($8, $9, $10)
               AND NOT EXISTS (
                   SELECT FROM contact again
                   WHERE entry.kind = 'contact' AND again.book_id = {book} AND again.organization = $3 AND again.contact_id = entry.id)
               AND NOT EXISTS (
                   SELECT FROM contact_group again
                   WHERE again.book_id = {book} AND again.organization = $3
                     AND again.group_id = CASE WHEN entry.kind = 'group' THEN entry.id::uuid END)
             ORDER BY entry.version, entry.kind, entry.id LIMIT $11)) entry
            ORDER BY version, kind COLLATE "C", id COLLATE "C" LIMIT $11)
        SELECT {ContactView.Columns}, listed.*, changed.version, changed.kind, changed.id
        FROM changed
        LEFT JOIN LATERAL ({VisibleContacts.One("changed.id")}) c ON changed.kind = 'contact'
        LEFT JOIN LATERAL ({GroupReader.OneWithoutMembers(book, "$3", "changed.group_id")}) listed ON true
        ORDER BY changed.version, changed.kind COLLATE "C", changed.id COLLATE "C"
        """;
}
