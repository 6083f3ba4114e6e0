using System.Buffers;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Queues;

/// <summary>All writes and reads of queues: contacts of the organization's book that only its admins write.</summary>
internal sealed class QueueBook(WriteSession session, BookBirth birth, Database database, Clock clock)
{
    private const string Source =
        "FROM contact c WHERE c.book_id = $1 AND c.organization = $2 AND c.type = 'Queue' AND c.resolved AND cardinality(c.group_ids) = 0";

    private const string RevisionSql = "SELECT revision FROM book WHERE book_id = $1 AND organization = $2";

    private const string FindSql = $"SELECT {QueueView.Columns} {Source} AND c.contact_id = $3";

    /// <summary>Adds a queue.</summary>
    public Task<QueueView> AddAsync(Caller caller, QueueDraft draft, CancellationToken cancellation) => birth.LockedAsync(caller.Shared, async () =>
    {
        var now = clock.Now;
        var id = Guid.CreateVersion7(now).ToString();
        await session.RunAsync(cancellation, DirectoryEntry.Add(caller.Shared, id, draft.ToContact(), now));
        return (await FindWithinAsync(caller, id, cancellation))!;
    }, cancellation);

    /// <summary>Changes a queue: from what it is to what <paramref name="change"/> makes of it.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, and what the change throws.</exception>
    public Task<QueueView?> ChangeAsync(
        Caller caller, string id, Func<QueueView, QueueDraft> change, Precondition precondition, CancellationToken cancellation) => birth.LockedAsync(caller.Shared, async () =>
    {
        if (await FindCurrentAsync(caller, id, precondition, cancellation) is not { } queue)
        {
            return null;
        }

        await session.RunAsync(cancellation, DirectoryEntry.Replace(caller.Shared, id, change(queue).ToContact(), clock.Now));
        return await FindWithinAsync(caller, id, cancellation);
    }, cancellation);

    /// <summary>Removes a queue; who has it keeps the name.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ProblemException"><c>stale</c>.</exception>
    public Task<bool> RemoveAsync(Caller caller, string id, Precondition precondition, CancellationToken cancellation) => birth.LockedAsync(caller.Shared, async () =>
    {
        if (await FindCurrentAsync(caller, id, precondition, cancellation) is not { } queue)
        {
            return false;
        }

        await session.RunAsync(cancellation, DirectoryEntry.Replace(caller.Shared, id, DirectoryEntry.Gone(queue.Draft.ToContact()), clock.Now));
        return true;
    }, cancellation);

    /// <summary>One queue; null when there is none.</summary>
    public Task<QueueView?> FindAsync(Caller caller, string id, CancellationToken cancellation) =>
        database.FindAsync(() => Find(caller, id), QueueView.Read, cancellation);

    /// <summary>A page of queues.</summary>
    public Task<Answer> ListAsync(
        HttpRequest request, Caller caller, ListQuery query, Precondition precondition, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var batch = Statement.Snapshot(
                connection,
                Statement.Of(RevisionSql, Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization)),
                List(caller, query));
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var etag = Answer.Tag($"{caller.Shared.Tag}-queues", await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0);
            if (precondition.Has(etag))
            {
                return Answer.NotModified(etag);
            }

            await reader.NextResultAsync(cancellation);
            var page = new ListPage(query);
            page.Output.Write("{\"queues\":["u8);
            while (await reader.ReadAsync(cancellation) && page.BeginEntry())
            {
                var queue = QueueView.Read(reader);
                page.Output.Write(JsonSerializer.SerializeToUtf8Bytes(queue.ToJson(query.Fields), JsonText.Options));
                page.EndEntry(reader, QueueView.ColumnCount, queue.Id);
            }

            page.Output.Write("]"u8);
            page.WriteNextToken();
            page.Output.Write("}"u8);
            return page.ToAnswer(request, etag);
        },
        cancellation);

    private static NpgsqlBatchCommand Find(Caller caller, string id) =>
        Statement.Of(FindSql, Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization), Statement.Value(id));

    private static NpgsqlBatchCommand List(Caller caller, ListQuery query)
    {
        var sql = new SqlText();
        sql.Add(caller.Shared.Id, NpgsqlDbType.Uuid);
        sql.Add(caller.Organization, NpgsqlDbType.Text);
        sql.Append($"SELECT {QueueView.Columns}, {query.KeyColumns} {Source}{query.Where(sql, caller.Shared.Id, "c.contact_id")}");
        sql.Append($" ORDER BY {query.OrderBy("c.contact_id")} {query.Limit(sql)}");
        return sql.ToStatement();
    }

    private Task<QueueView?> FindWithinAsync(Caller caller, string id, CancellationToken cancellation) =>
        session.FindAsync(Find(caller, id), QueueView.Read, cancellation);

    private async Task<QueueView?> FindCurrentAsync(Caller caller, string id, Precondition precondition, CancellationToken cancellation)
    {
        var queue = await FindWithinAsync(caller, id, cancellation);
        if (queue is not null && precondition.Versions(caller.Shared.Tag)?.Contains(queue.Version) == false)
        {
            throw new ProblemException(Problems.Stale, "The queue is not what your If-Match names; read it again.") { ETag = queue.ETag(caller.Shared) };
        }

        return queue;
    }
}
