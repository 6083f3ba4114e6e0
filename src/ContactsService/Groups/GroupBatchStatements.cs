using ContactsService.Books;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>The SQL of a <see cref="GroupBatch"/>: a constant number of statements, whatever the number of groups.</summary>
internal static class GroupBatchStatements
{
    // Of groups that no operation names, the text is not read.
    private const string ReadSql = """
        SELECT group_id, name_hash, version, member_count, created, last_modified, CASE WHEN group_id = ANY($3) THEN body ELSE '' END
        FROM contact_group WHERE book_id = $1 AND organization = $2
        """;

    private const string RemoveSql = "DELETE FROM contact_group WHERE book_id = $1 AND organization = $2 AND group_id = ANY($3)";

    // Two groups may swap names, and a row is checked as soon as it is updated. No hash has 16 bytes.
    private const string FreeNamesSql = """
        UPDATE contact_group SET name_hash = uuid_send(group_id) WHERE book_id = $1 AND organization = $2 AND group_id = ANY($3)
        """;

    private const string DraftsSql = """
        unnest($3::uuid[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::boolean[], $11::integer[],
               $12::bigint[], $13::timestamptz[], $14::timestamptz[])
            AS n (group_id, body, name_hash, display_name, group_type, encryption_key_url, is_migration, is_encrypted, member_count,
                  version, created, last_modified)
        """;

    private const string AddSql = $"""
        INSERT INTO contact_group (book_id, organization, group_id, body, name_hash, display_name, group_type, encryption_key_url,
            is_migration, is_encrypted, member_count, version, created, last_modified)
        SELECT $1, $2, n.* FROM {DraftsSql}
        """;

    private const string ReplaceSql = $"""
        UPDATE contact_group g SET body = n.body, name_hash = n.name_hash, display_name = n.display_name, group_type = n.group_type,
            encryption_key_url = n.encryption_key_url, is_migration = n.is_migration, is_encrypted = n.is_encrypted,
            member_count = n.member_count, version = n.version, last_modified = n.last_modified
        FROM {DraftsSql}
        WHERE g.book_id = $1 AND g.organization = $2 AND g.group_id = n.group_id
        """;

    private const string CountSql = """
        UPDATE contact_group g SET member_count = n.member_count, version = n.version, last_modified = n.last_modified
        FROM unnest($3::uuid[], $4::integer[], $5::bigint[], $6::timestamptz[]) AS n (group_id, member_count, version, last_modified)
        WHERE g.book_id = $1 AND g.organization = $2 AND g.group_id = n.group_id
        """;

    /// <summary>Reads all groups of a book, those of these ids with their text.</summary>
    public static NpgsqlBatchCommand Read(BookKey book, Guid[] named) => Of(book, ReadSql, Statement.Value(named));

    /// <summary>A row of <see cref="Read"/>.</summary>
    public static Group Row(NpgsqlDataReader row, BookKey book) => new()
    {
        BookId = book.Id,
        Organization = book.Organization,
        GroupId = row.GetGuid(0),
        Body = row.GetString(6),
        NameHash = row.GetFieldValue<byte[]>(1),
        DisplayName = "",
        GroupType = "",
        Version = row.GetInt64(2),
        MemberCount = row.GetInt32(3),
        Created = row.GetDateTime(4),
        LastModified = row.GetDateTime(5),
    };

    /// <summary>Stores a batch. The default group of the book is set afterwards.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Write(BookKey book, GroupBatch batch)
    {
        if (batch.RemovedGroups.Count > 0)
        {
            yield return Of(book, RemoveSql, Statement.Value(batch.RemovedGroups.ToArray()));
        }

        var changed = batch.Groups.Where(group => group.IsChanged).ToList();
        if (changed.Where(group => group.IsRenamed).Select(group => group.Row.GroupId).ToArray() is { Length: > 0 } renamed)
        {
            yield return Of(book, FreeNamesSql, Statement.Value(renamed));
        }

        if (Rows(changed, group => group is { IsStored: true, IsReplaced: true }) is { Count: > 0 } replaced)
        {
            yield return Drafts(book, ReplaceSql, replaced);
        }

        if (Rows(changed, group => !group.IsStored) is { Count: > 0 } added)
        {
            yield return Drafts(book, AddSql, added);
        }

        if (Rows(changed, group => group is { IsStored: true, IsReplaced: false }) is { Count: > 0 } counted)
        {
            yield return Of(
                book,
                CountSql,
                Statement.Value(counted.Select(group => group.GroupId).ToArray()),
                Statement.Value(counted.Select(group => group.MemberCount).ToArray()),
                Statement.Value(counted.Select(group => group.Version).ToArray()),
                Statement.Value(counted.Select(group => group.LastModified).ToArray()));
        }
    }

    private static List<Group> Rows(List<BatchGroup> groups, Predicate<BatchGroup> which) =>
        [.. groups.FindAll(which).Select(group => group.Row)];

    private static NpgsqlBatchCommand Drafts(BookKey book, string sql, List<Group> rows) => Of(
        book,
        sql,
        Statement.Value(rows.Select(group => group.GroupId).ToArray()),
        Statement.Value(rows.Select(group => group.Body).ToArray()),
        Statement.Value(rows.Select(group => group.NameHash).ToArray()),
        Statement.Value(rows.Select(group => group.DisplayName).ToArray()),
        Statement.Value(rows.Select(group => group.GroupType).ToArray()),
        Statement.Value(rows.Select(group => group.EncryptionKeyUrl!).ToArray()),
        Statement.Value(rows.Select(group => group.IsMigration).ToArray()),
        Statement.Value(rows.Select(group => (bool?)group.IsEncrypted).ToArray()),
        Statement.Value(rows.Select(group => group.MemberCount).ToArray()),
        Statement.Value(rows.Select(group => group.Version).ToArray()),
        Statement.Value(rows.Select(group => group.Created).ToArray()),
        Statement.Value(rows.Select(group => group.LastModified).ToArray()));

    private static NpgsqlBatchCommand Of(BookKey book, string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        Statement.Of(sql, [Statement.Value(book.Id), Statement.Value(book.Organization), .. parameters]);
}
