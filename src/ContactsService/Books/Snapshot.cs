using ContactsService.Access;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// Reads what a caller can see at one moment, in one round trip: the revisions of the books first, since the ETag of
/// every list is made of them.
/// </summary>
internal sealed class Snapshot(Database database, BookBirth birth)
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
        if (precondition.AsksForChange
            && await RunAsync(caller, null, (_, etag) => Task.FromResult(Answer.NotModified(etag)), cancellation) is { } unchanged
            && precondition.Has(unchanged.ETag!))
        {
            return unchanged;
        }

        var answer = await RunAsync(caller, statements, read, cancellation);
        if (answer is null)
        {
            await birth.EnsureAsync(caller.Own, cancellation);
            answer = await RunAsync(caller, statements, read, cancellation);
        }

        return answer!;
    }

    private Task<Answer?> RunAsync(
        Caller caller, Func<NpgsqlBatchCommand[]>? statements, Func<NpgsqlDataReader, string, Task<Answer>> read, CancellationToken cancellation) =>
        database.ReadAsync<Answer?>(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection);
                var revisions = Statement.Of(
                    RevisionSql, Statement.Value([caller.Own.Id, caller.Shared.Id]), Statement.Value(caller.Organization));
                if (statements is null)
                {
                    batch.BatchCommands.Add(revisions);
                }
                else
                {
                    batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
                    batch.BatchCommands.Add(revisions);
                    foreach (var statement in statements())
                    {
                        batch.BatchCommands.Add(statement);
                    }

                    batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
                }

                await using var reader = await batch.ExecuteReaderAsync(cancellation);
                return await ReadETagAsync(reader, caller, cancellation) is { } etag ? await read(reader, etag) : null;
            },
            cancellation);

    private static async Task<string?> ReadETagAsync(NpgsqlDataReader reader, Caller caller, CancellationToken cancellation)
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

        return own is null ? null : $"\"{caller.Own.Tag}-{own}.{shared}\"";
    }
}
