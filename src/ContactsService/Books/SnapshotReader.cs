using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// Reads what a caller can see at one moment, in one round trip: the revisions of the books first, since the ETag of
/// every list is made of them.
/// </summary>
internal sealed class SnapshotReader(Database database, BookTransaction transaction)
{
    internal const string RevisionSql = "SELECT book_id, revision FROM book WHERE book_id = ANY($1) AND organization = $2";

    /// <summary>Answers a list.</summary>
    /// <param name="own">The caller's book; it is created if this is its owner's first list.</param>
    /// <param name="shared">The organization's book.</param>
    /// <param name="precondition">An unchanged list is answered with 304, without reading it.</param>
    /// <param name="statements">What to read behind the revisions.</param>
    /// <param name="read">Makes the answer of the statements' results and the ETag.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Answer> ReadAsync(
        BookKey own,
        BookKey shared,
        Precondition precondition,
        Func<NpgsqlBatchCommand[]> statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellationToken)
    {
        string? Tag(long? ownRevision, long sharedRevision) => ownRevision is null ? null : $"\"{own.Tag}-{ownRevision}.{sharedRevision}\"";
        if (await FindUnchangedAsync(own, shared, Tag, precondition, cancellationToken) is { } unchanged)
        {
            return unchanged;
        }

        var answer = await RunAsync(own, shared, Tag, statements, read, cancellationToken);
        if (answer is null)
        {
            await transaction.CreateAsync(own, cancellationToken);
            await transaction.DisposeAsync(); // before another connection is taken: many first calls would wait for each other
            answer = await RunAsync(own, shared, Tag, statements, read, cancellationToken);
        }

        return answer!;
    }

    /// <summary>Answers a list of the caller's own book alone; one that does not exist is empty, and is not created.</summary>
    public async Task<Answer> ReadOwnAsync(
        BookKey own,
        BookKey shared,
        Precondition precondition,
        Func<NpgsqlBatchCommand[]> statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellationToken)
    {
        string Tag(long? ownRevision, long sharedRevision) => $"\"{own.Tag}-own.{ownRevision ?? 0}\"";
        return await FindUnchangedAsync(own, shared, Tag, precondition, cancellationToken)
            ?? (await RunAsync(own, shared, Tag, statements, read, cancellationToken))!;
    }

    private async Task<Answer?> FindUnchangedAsync(
        BookKey own, BookKey shared, Func<long?, long, string?> tag, Precondition precondition, CancellationToken cancellationToken) =>
        precondition.AsksForChange
        && await RunAsync(own, shared, tag, null, (_, etag) => Task.FromResult(Answer.NotModified(etag)), cancellationToken) is { } unchanged
        && precondition.Has(unchanged.ETag!)
            ? unchanged
            : null;

    private Task<Answer?> RunAsync(
        BookKey own,
        BookKey shared,
        Func<long?, long, string?> tag,
        Func<NpgsqlBatchCommand[]>? statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellationToken) =>
        database.ReadAsync<Answer?>(
            async connection =>
            {
                var revisions = Statement.Of(
                    RevisionSql, Statement.Value([own.Id, shared.Id]), Statement.Value(own.Organization));
                await using var batch = statements is null
                    ? new NpgsqlBatch(connection) { BatchCommands = { revisions } }
                    : Statement.Snapshot(connection, [revisions, .. statements()]);
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                var (ownRevision, sharedRevision) = await ReadRevisionsAsync(reader, own, cancellationToken);
                return tag(ownRevision, sharedRevision) is { } etag ? await read(reader, etag) : null;
            },
            cancellationToken);

    private static async Task<(long? Own, long Shared)> ReadRevisionsAsync(NpgsqlDataReader reader, BookKey own, CancellationToken cancellationToken)
    {
        long? ownRevision = null;
        var sharedRevision = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetGuid(0) == own.Id)
            {
                ownRevision = reader.GetInt64(1);
            }
            else
            {
                sharedRevision = reader.GetInt64(1);
            }
        }

        return (ownRevision, sharedRevision);
    }
}
