using System.Buffers;
using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Directory;

/// <summary>Writes and reads queues. They are contacts in the organization's book that only admins write.</summary>
internal sealed class QueueWriter(BookTransaction transaction, Database database)
{
    private const string Source =
        "FROM contact c WHERE c.book_id = $1 AND c.organization = $2 AND c.type = 'Queue' AND c.resolved AND cardinality(c.group_ids) = 0";

    private const string RevisionSql = "SELECT revision FROM book WHERE book_id = $1 AND organization = $2";

    private const string FindSql = $"SELECT {QueueView.Columns} {Source} AND c.contact_id = $3";

    public Task<QueueView> AddAsync(Caller caller, QueueDraft draft, CancellationToken cancellationToken) =>
        transaction.InTransactionAsync(caller.Shared, async () =>
    {
        var id = Guid.CreateVersion7().ToString();
        await transaction.RunAsync(cancellationToken, DirectoryEntry.Add(caller.Shared, id, draft.ToContact()));
        return (await FindWithinAsync(caller, id, cancellationToken))!;
    }, cancellationToken);

    /// <summary>Changes a queue. <paramref name="change"/> computes the new values from the current ones.</summary>
    /// <returns>The queue; null when it does not exist.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, and the exceptions of <paramref name="change"/>.</exception>
    public Task<QueueView?> ChangeAsync(
        Caller caller, string id, Func<QueueView, QueueDraft> change, Precondition precondition, CancellationToken cancellationToken) =>
        transaction.InTransactionAsync(caller.Shared, async () =>
    {
        if (await FindCurrentAsync(caller, id, precondition, cancellationToken) is not { } queue)
        {
            return null;
        }

        await transaction.RunAsync(cancellationToken, DirectoryEntry.Replace(caller.Shared, id, change(queue).ToContact()));
        return await FindWithinAsync(caller, id, cancellationToken);
    }, cancellationToken);

    /// <summary>Deletes a queue. Users who have it in their books keep its name.</summary>
    /// <returns>False when the queue does not exist.</returns>
    /// <exception cref="ProblemException"><c>stale</c>.</exception>
    public Task<bool> RemoveAsync(Caller caller, string id, Precondition precondition, CancellationToken cancellationToken) =>
        transaction.InTransactionAsync(caller.Shared, async () =>
    {
        if (await FindCurrentAsync(caller, id, precondition, cancellationToken) is not { } queue)
        {
            return false;
        }

        var departed = DirectoryEntry.Departed(queue.Draft.ToContact());
        await transaction.RunAsync(cancellationToken, DirectoryEntry.Replace(caller.Shared, id, departed));
        return true;
    }, cancellationToken);

    /// <summary>Returns a queue; null when it does not exist.</summary>
    public Task<QueueView?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        database.FindAsync(() => Find(caller, id), QueueView.Read, cancellationToken);

    /// <summary>Returns a page of queues.</summary>
    public Task<Answer> ListAsync(
        HttpRequest request, Caller caller, ListQuery query, Precondition precondition, CancellationToken cancellationToken) =>
        database.ReadAsync(
        async connection =>
        {
            await using var batch = Statement.Snapshot(
                connection,
                Statement.Of(RevisionSql, Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization)),
                List(caller, query));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            var etag = Answer.Tag($"{caller.Shared.Tag}-queues", await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0);
            if (precondition.Has(etag))
            {
                return Answer.NotModified(etag);
            }

            await reader.NextResultAsync(cancellationToken);
            var page = new ListPage(query);
            page.Output.Write("{\"queues\":["u8);
            while (await reader.ReadAsync(cancellationToken) && page.BeginEntry())
            {
                var queue = QueueView.Read(reader);
                page.Output.Write(JsonSerializer.SerializeToUtf8Bytes(queue.ToJson(caller.Shared, query.Fields), JsonText.Options));
                page.EndEntry(reader, QueueView.ColumnCount, queue.Id);
            }

            page.Output.Write("]"u8);
            page.WriteNextToken();
            page.Output.Write("}"u8);
            return page.ToAnswer(request, etag);
        },
        cancellationToken);

    private static NpgsqlBatchCommand Find(Caller caller, string id) =>
        Statement.Of(FindSql, Statement.Value(caller.Shared.Id), Statement.Value(caller.Organization), Statement.Value(id));

    private static NpgsqlBatchCommand List(Caller caller, ListQuery query)
    {
        var sql = new SqlBuilder();
        sql.Add(caller.Shared.Id, NpgsqlDbType.Uuid);
        sql.Add(caller.Organization, NpgsqlDbType.Text);
        sql.Append($"SELECT {QueueView.Columns}, {query.KeyColumns} {Source}{query.Where(sql, caller.Shared.Id, "c.contact_id")}");
        sql.Append($" ORDER BY {query.OrderBy("c.contact_id")} {query.Limit(sql)}");
        return sql.ToStatement();
    }

    private Task<QueueView?> FindWithinAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        transaction.FindAsync(Find(caller, id), QueueView.Read, cancellationToken);

    private async Task<QueueView?> FindCurrentAsync(
        Caller caller, string id, Precondition precondition, CancellationToken cancellationToken)
    {
        var queue = await FindWithinAsync(caller, id, cancellationToken);
        if (queue is not null && precondition.Versions(caller.Shared.Tag)?.Contains(queue.Version) == false)
        {
            throw new ProblemException(Problems.Stale, "If-Match does not name the current version of the queue. Read it again.")
            {
                ETag = queue.ETag(caller.Shared),
            };
        }

        return queue;
    }
}
