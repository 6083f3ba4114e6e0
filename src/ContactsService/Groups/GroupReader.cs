using System.Buffers;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Groups;

/// <summary>Reads groups.</summary>
internal sealed class GroupReader(Database database, SnapshotReader snapshot)
{
    // The members come from the primary key of contact alone, as JSON text: ids need no escapes.
    private const string Source = """
        (SELECT g.*, g.group_id::text AS group_key, g.group_id = b.default_group_id AS is_default, coalesce(m.members, '') AS members
         FROM contact_group g
         JOIN book b ON b.book_id = g.book_id
         LEFT JOIN (SELECT entry AS group_id, string_agg('"' || contact_id || '"', ',' ORDER BY contact_id) AS members
                    FROM contact, unnest(group_ids) entry
                    WHERE contact.book_id = $1 AND contact.organization = $2{0} GROUP BY entry) m ON m.group_id = g.group_id
         WHERE g.book_id = $1 AND g.organization = $2) c
        """;

    private const string MissingSql = """
        SELECT id FROM unnest($3) id
        WHERE NOT EXISTS (SELECT FROM contact_group g WHERE g.book_id = $1 AND g.organization = $2 AND g.group_id = id)
        LIMIT 1
        """;

    private static readonly string WithoutMembers = SourceWithoutMembers("$1", "$2");

    private static readonly string AllSource = Source.Replace("{0}", "", StringComparison.Ordinal);

    private static readonly string FindSql =
        $"SELECT {GroupView.Columns} FROM {Source.Replace("{0}", " AND entry = $3", StringComparison.Ordinal)} WHERE c.group_id = $3";

    private static readonly string AllSql = $"SELECT {GroupView.Columns} FROM {AllSource} ORDER BY c.group_id";

    private static readonly string AllWithoutMembersSql = $"SELECT {GroupView.Columns} FROM {WithoutMembers} ORDER BY c.group_id";

    /// <summary>A group without its members, as SQL; the arguments, too, are SQL.</summary>
    public static string OneWithoutMembers(string book, string organization, string id) =>
        $"SELECT {GroupView.Columns} FROM {SourceWithoutMembers(book, organization)} WHERE c.group_id = {id}";

    /// <summary>The statement that reads all groups of a book, oldest first.</summary>
    public static NpgsqlBatchCommand All(BookKey book, bool withMembers) =>
        Statement.Of(withMembers ? AllSql : AllWithoutMembersSql, Statement.Value(book.Id), Statement.Value(book.Organization));

    /// <summary>The statement that gives one of these groups that the book does not have, or nothing.</summary>
    public static NpgsqlBatchCommand FindMissing(BookKey book, Guid[] ids) =>
        Statement.Of(MissingSql, Statement.Value(book.Id), Statement.Value(book.Organization), Statement.Value(ids));

    /// <summary>Returns a group; null when the book does not have it.</summary>
    public Task<GroupView?> FindAsync(BookKey book, Guid id, CancellationToken cancellationToken) =>
        database.FindAsync(() => Find(book, id), GroupView.Read, cancellationToken);

    /// <summary>Returns a group in the transaction of the request; null when the book does not have it.</summary>
    public static Task<GroupView?> FindAsync(BookTransaction transaction, BookKey book, Guid id, CancellationToken cancellationToken) =>
        transaction.FindAsync(Find(book, id), GroupView.Read, cancellationToken);

    /// <summary>Returns a page of the caller's groups.</summary>
    public Task<Answer> ListAsync(
        HttpRequest request, Caller caller, ListQuery query, Precondition precondition, CancellationToken cancellationToken) =>
        snapshot.ReadAsync(
            request, caller.Own, SnapshotReader.Revisions(caller.Own, caller.Shared), precondition, () => [List(caller.Own, query)], async (
                reader, etag) =>
        {
            await reader.NextResultAsync(cancellationToken);
            var page = new ListPage(query);
            page.Output.Write("{\"groups\":["u8);
            while (await reader.ReadAsync(cancellationToken) && page.BeginEntry())
            {
                var group = GroupView.Read(reader);
                group.Write(page.Output, caller.Own, query.Fields);
                page.EndEntry(reader, GroupView.ColumnCount, group.GroupId.ToString());
            }

            page.Output.Write("]"u8);
            page.WriteNextToken();
            page.Output.Write("}"u8);
            return page.ToAnswer(request, etag);
        }, cancellationToken);

    private static string SourceWithoutMembers(string book, string organization) => $"""
        (SELECT g.*, g.group_id::text AS group_key, g.group_id = b.default_group_id AS is_default, null::text AS members
         FROM contact_group g JOIN book b ON b.book_id = g.book_id
         WHERE g.book_id = {book} AND g.organization = {organization}) c
        """;

    private static NpgsqlBatchCommand Find(BookKey book, Guid id) =>
        Statement.Of(FindSql, Statement.Value(book.Id), Statement.Value(book.Organization), Statement.Value(id));

    private static NpgsqlBatchCommand List(BookKey book, ListQuery query)
    {
        var source = query.Fields?.Contains(GroupAttributes.MembersField) == true ? AllSource : WithoutMembers;
        var sql = new SqlBuilder();
        sql.Add(book.Id, NpgsqlDbType.Uuid);
        sql.Add(book.Organization, NpgsqlDbType.Text);
        sql.Append($"SELECT {GroupView.Columns}, {query.KeyColumns} FROM {source} WHERE true");
        sql.Append(query.Where(sql, book.Id, "c.group_key"));
        sql.Append($" ORDER BY {query.OrderBy("c.group_key")} {query.Limit(sql)}");
        return sql.ToStatement();
    }
}
