using ContactsService.Books;
using ContactsService.Groups;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Contacts;

/// <summary>The SQL of a <see cref="ContactBatch"/>: a constant number of statements, whatever the number of contacts.</summary>
internal static class ContactBatchStatements
{
    // A look-up for each id, whatever the planner knows of the table. With contact_id = ANY($3), a plan that was made while the table was
    // small compares every id with every row of the book.
    private const string Named = """
        unnest($3) AS n (id) CROSS JOIN LATERAL (
            SELECT * FROM contact entry WHERE entry.book_id = $1 AND entry.organization = $2 AND entry.contact_id = n.id OFFSET 0) c
        """;

    private const string ReadSql = $"""
        SELECT c.contact_id, c.contact_type, c.body, c.resolved, c.group_ids, c.version, c.created, c.last_modified FROM {Named}
        """;

    private const string ReadNamedMembersSql = $"SELECT c.contact_id, c.group_ids FROM {Named}";

    private const string ReadMembersSql = """
        SELECT contact_id, group_ids FROM contact WHERE book_id = $1 AND organization = $2 AND group_ids && $3
        """;

    private const string RemoveSql = """
        DELETE FROM contact c USING unnest($3) AS n (id) WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = n.id
        """;

    private const string MoveSql = """
        UPDATE contact c SET group_ids = n.group_ids::uuid[], version = n.version, last_modified = n.last_modified
        FROM unnest($3::text[], $4::text[], $5::bigint[], $6::timestamptz[]) AS n (contact_id, group_ids, version, last_modified)
        WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = n.contact_id
        """;

    private const string AnyCustomSql = $"SELECT 1 FROM {Named} WHERE c.contact_type = 'CUSTOM' LIMIT 1";

    /// <summary>Reads contacts of a book.</summary>
    public static NpgsqlBatchCommand Read(BookKey book, string[] ids) => Of(book, ReadSql, Statement.Value(ids));

    /// <summary>Reads of contacts only the groups.</summary>
    public static NpgsqlBatchCommand ReadMembers(BookKey book, string[] ids) => Of(book, ReadNamedMembersSql, Statement.Value(ids));

    /// <summary>Reads the same of all contacts in these groups.</summary>
    public static NpgsqlBatchCommand ReadMembersOf(BookKey book, Guid[] groups) => Of(book, ReadMembersSql, Statement.Value(groups));

    /// <summary>Returns a row when one of these is a CUSTOM contact of the book.</summary>
    public static NpgsqlBatchCommand AnyCustom(BookKey book, string[] ids) => Of(book, AnyCustomSql, Statement.Value(ids));

    /// <summary>A row of <see cref="Read"/>.</summary>
    public static BatchContact Row(NpgsqlDataReader row) => new(row.GetString(0))
    {
        IsCloud = row.GetString(1) == "CLOUD",
        Body = row.GetFieldValue<byte[]>(2),
        Resolved = row.IsDBNull(3) ? null : row.GetBoolean(3),
        Groups = row.GetFieldValue<Guid[]>(4),
        Version = row.GetInt64(5),
        Created = row.GetDateTime(6),
        LastModified = row.GetDateTime(7),
        IsStored = true,
    };

    /// <summary>Stores contacts of a book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="removed">Ids to delete, before anything else is written.</param>
    /// <param name="contacts">The others; those that are not changed are left out.</param>
    public static IEnumerable<NpgsqlBatchCommand> Write(BookKey book, List<string> removed, IEnumerable<BatchMember> contacts)
    {
        if (removed.Count > 0)
        {
            yield return Of(book, RemoveSql, Statement.Value(removed.Distinct(StringComparer.Ordinal).ToArray()));
        }

        var changed = contacts.Where(contact => contact.IsChanged).ToList();
        var drafts = changed.OfType<BatchContact>().Where(contact => contact.Draft is not null).ToList();
        if (drafts.FindAll(contact => !contact.IsStored) is { Count: > 0 } added)
        {
            yield return ContactBatchRows.Add(book, added.ConvertAll(contact => Row(book, contact)));
        }

        if (drafts.FindAll(contact => contact.IsStored) is { Count: > 0 } replaced)
        {
            yield return ContactBatchRows.Replace(book, replaced.ConvertAll(contact => Row(book, contact)));
        }

        if (changed.FindAll(contact => contact is not BatchContact { Draft: not null }) is { Count: > 0 } moved)
        {
            yield return Of(
                book,
                MoveSql,
                Statement.Value(moved.Select(contact => contact.ContactId).ToArray()),
                Statement.Value(moved.Select(contact => ArrayText.Of(contact.Groups)).ToArray()),
                Statement.Value(moved.Select(contact => contact.Version).ToArray()),
                Statement.Value(moved.Select(contact => contact.LastModified).ToArray()));
        }
    }

    private static ContactBatchRow Row(BookKey book, BatchContact contact) => new(
        contact.ContactId,
        contact.Groups,
        contact.Version,
        contact.Created,
        contact.LastModified,
        ContactBatchRows.Values(book, contact.Draft!, contact.Body));

    private static NpgsqlBatchCommand Of(BookKey book, string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        Statement.Of(sql, [Statement.Value(book.Id), Statement.Value(book.Organization), .. parameters]);
}
