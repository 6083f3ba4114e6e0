using ContactsService.Access;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// Reads what a caller can see at one moment, in one round trip: the revisions of the books first, since the ETag of
/// every list is made of them.
/// </summary>
internal sealed class Snapshot(Database database, WriteSession session, BookBirth birth)
{
    internal const string RevisionSql = "SELECT book_id, revision FROM book WHERE book_id = ANY($1) AND organization = $2";

    /// <summary>Answers a list.</summary>
    /// <param name="caller">Who asks; the own book is born if this is its owner's first call.</param>
    /// <param name="precondition">An unchanged list is answered with 304, without reading it.</param>
    /// <param name="statements">What to read behind the revisions.</param>
    /// <param name="read">Makes the answer of the statements' results and the ETag.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Answer> ReadAsync(
        Caller caller,
        Precondition precondition,
        Func<NpgsqlBatchCommand[]> statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellation)
    {
        string? Tag(long? own, long shared) => own is null ? null : $"\"{caller.Own.Tag}-{own}.{shared}\"";
        if (await FindUnchangedAsync(caller, Tag, precondition, cancellation) is { } unchanged)
        {
            return unchanged;
        }

        var answer = await RunAsync(caller, Tag, statements, read, cancellation);
        if (answer is null)
        {
            await birth.EnsureAsync(caller.Own, cancellation);
            await session.DisposeAsync(); // before another connection is taken: many first calls would wait for each other
            answer = await RunAsync(caller, Tag, statements, read, cancellation);
        }

        return answer!;
    }

    /// <summary>Answers a list of the caller's own book alone; one that is not born is empty, and stays unborn.</summary>
    public async Task<Answer> ReadOwnAsync(
        Caller caller,
        Precondition precondition,
        Func<NpgsqlBatchCommand[]> statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellation)
    {
        string Tag(long? own, long shared) => $"\"{caller.Own.Tag}-own.{own ?? 0}\"";
        return await FindUnchangedAsync(caller, Tag, precondition, cancellation)
            ?? (await RunAsync(caller, Tag, statements, read, cancellation))!;
    }

    private async Task<Answer?> FindUnchangedAsync(
        Caller caller, Func<long?, long, string?> tag, Precondition precondition, CancellationToken cancellation) =>
        precondition.AsksForChange
        && await RunAsync(caller, tag, null, (_, etag) => Task.FromResult(Answer.NotModified(etag)), cancellation) is { } unchanged
        && precondition.Has(unchanged.ETag!)
            ? unchanged
            : null;

    private Task<Answer?> RunAsync(
        Caller caller,
        Func<long?, long, string?> tag,
        Func<NpgsqlBatchCommand[]>? statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellation) =>
        database.ReadAsync<Answer?>(
            async connection =>
            {
                var revisions = Statement.Of(
                    RevisionSql, Statement.Value([caller.Own.Id, caller.Shared.Id]), Statement.Value(caller.Organization));
                await using var batch = statements is null
                    ? new NpgsqlBatch(connection) { BatchCommands = { revisions } }
                    : Statement.Snapshot(connection, [revisions, .. statements()]);
                await using var reader = await batch.ExecuteReaderAsync(cancellation);
                var (own, shared) = await ReadRevisionsAsync(reader, caller, cancellation);
                return tag(own, shared) is { } etag ? await read(reader, etag) : null;
            },
            cancellation);

    private static async Task<(long? Own, long Shared)> ReadRevisionsAsync(NpgsqlDataReader reader, Caller caller, CancellationToken cancellation)
    {
        long? own = null;
        var shared = 0L;
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetGuid(0) == caller.Own.Id)
            {
                own = reader.GetInt64(1);
            }
            else
            {
                shared = reader.GetInt64(1);
            }
        }

        return (own, shared);
    }
}
