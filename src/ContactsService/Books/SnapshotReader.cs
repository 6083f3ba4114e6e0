using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>How the ETag of a list is computed: by a statement that runs before the list itself is read.</summary>
/// <param name="Statement">Creates the statement.</param>
/// <param name="ReadETagAsync">Computes the ETag from the result; null when the caller's book does not exist and has to be created.</param>
internal sealed record ListVersion(Func<NpgsqlBatchCommand> Statement, Func<NpgsqlDataReader, Task<string?>> ReadETagAsync);

/// <summary>Answers lists. The ETag and the list come from one snapshot, in one round trip.</summary>
internal sealed class SnapshotReader(Database database, BookTransaction transaction)
{
    internal const string RevisionSql = "SELECT book_id, revision FROM book WHERE book_id = ANY($1) AND organization = $2";

    /// <param name="own">The caller's book. It is created at its owner's first list.</param>
    /// <param name="version">How the ETag is computed.</param>
    /// <param name="precondition">An unchanged list is answered with 304 and not read.</param>
    /// <param name="statements">Creates the statements that run after that of the version.</param>
    /// <param name="read">Creates the answer from the results and the ETag.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<Answer> ReadAsync(
        BookKey own,
        ListVersion version,
        Precondition precondition,
        Func<NpgsqlBatchCommand[]> statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellationToken)
    {
        if (await FindUnchangedAsync(version, precondition, cancellationToken) is { } unchanged)
        {
            return unchanged;
        }

        var answer = await RunAsync(version, statements, read, cancellationToken);
        if (answer is null)
        {
            await transaction.CreateAsync(own, cancellationToken);
            // Returns the connection before another one is taken. Otherwise many first calls could wait for each other.
            await transaction.DisposeAsync();
            answer = await RunAsync(version, statements, read, cancellationToken);
        }

        return answer!;
    }

    /// <summary>The version of a list of both books: their revisions.</summary>
    public static ListVersion Revisions(BookKey own, BookKey shared) => new(
        () => Statement.Of(RevisionSql, Statement.Value([own.Id, shared.Id]), Statement.Value(own.Organization)),
        async reader =>
        {
            var (ownRevision, sharedRevision) = await ReadRevisionsAsync(reader, own);
            return ownRevision is null ? null : $"\"{own.Tag}-{ownRevision}.{sharedRevision}\"";
        });

    /// <summary>The same for searches. A book that does not exist counts as empty and is not created.</summary>
    public static ListVersion RevisionsOrZero(BookKey own, BookKey shared) => new(
        Revisions(own, shared).Statement,
        async reader =>
        {
            var (ownRevision, sharedRevision) = await ReadRevisionsAsync(reader, own);
            return $"\"{own.Tag}-{ownRevision ?? 0}.{sharedRevision}\"";
        });

    /// <summary>The version of a list of the caller's own book. A book that does not exist counts as empty and is not created.</summary>
    public static ListVersion OwnRevision(BookKey own) => new(
        () => Statement.Of(RevisionSql, Statement.Value([own.Id]), Statement.Value(own.Organization)),
        async reader =>
        {
            var (ownRevision, _) = await ReadRevisionsAsync(reader, own);
            return $"\"{own.Tag}-own.{ownRevision ?? 0}\"";
        });

    private async Task<Answer?> FindUnchangedAsync(ListVersion version, Precondition precondition, CancellationToken cancellationToken) =>
        precondition.AsksForChange
        && await RunAsync(version, null, (_, etag) => Task.FromResult(Answer.NotModified(etag)), cancellationToken) is { } unchanged
        && precondition.Has(unchanged.ETag!)
            ? unchanged
            : null;

    private Task<Answer?> RunAsync(
        ListVersion version,
        Func<NpgsqlBatchCommand[]>? statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellationToken) =>
        database.ReadAsync<Answer?>(
            async connection =>
            {
                await using var batch = statements is null
                    ? Statement.Batch(connection, version.Statement())
                    : Statement.Snapshot(connection, [version.Statement(), .. statements()]);
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                return await version.ReadETagAsync(reader) is { } etag ? await read(reader, etag) : null;
            },
            cancellationToken);

    private static async Task<(long? Own, long Shared)> ReadRevisionsAsync(NpgsqlDataReader reader, BookKey own)
    {
        long? ownRevision = null;
        var sharedRevision = 0L;
        while (await reader.ReadAsync(CancellationToken.None))
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
