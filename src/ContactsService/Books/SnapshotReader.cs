using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>How the ETag of a list is computed: by a statement that runs before the list itself is read.</summary>
/// <param name="Statement">Creates the statement.</param>
/// <param name="ReadETagAsync">Computes the ETag from the result; null when the caller's book does not exist and has to be created.</param>
internal sealed record ListVersion(Func<NpgsqlBatchCommand> Statement, Func<NpgsqlDataReader, Task<string?>> ReadETagAsync);

/// <summary>Answers lists. The ETag and the list come from one snapshot, in one round trip.</summary>
internal sealed class SnapshotReader(Database database, BookTransaction transaction, AnswerCache cache)
{
    internal const string RevisionSql = "SELECT book_id, revision FROM book WHERE book_id = ANY($1) AND organization = $2";

    /// <summary>Answers a list: with 304, from memory, or by reading it.</summary>
    /// <param name="request">Whose address the answer is kept for; null to keep none.</param>
    /// <param name="own">The caller's book. It is created at its owner's first list.</param>
    /// <param name="version">How the ETag is computed.</param>
    /// <param name="precondition">An unchanged list is answered with 304 and not read.</param>
    /// <param name="statements">Creates the statements that run after that of the version.</param>
    /// <param name="read">Creates the answer from the results and the ETag.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<Answer> ReadAsync(
        HttpRequest? request,
        BookKey own,
        ListVersion version,
        Precondition precondition,
        Func<NpgsqlBatchCommand[]> statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellationToken)
    {
        var key = request is null ? null : AnswerKey.Of(own, request);
        var kept = key is null ? null : cache.Find(key);
        if ((precondition.AsksForChange || kept?.Answer is not null) && await FindETagAsync(version, cancellationToken) is { } current)
        {
            if (precondition.Has(current))
            {
                return Answer.NotModified(current);
            }

            if (AnswerCache.Has(kept, current, out var answer))
            {
                return answer;
            }
        }

        var list = await ReadListAsync(version, statements, read, cancellationToken);
        if (list is null)
        {
            list = await CreateAsync(own, cancellationToken)
                ? await ReadListAsync(version, statements, read, cancellationToken)
                : await ReadListAsync(version with { ReadETagAsync = ReadAnyETagAsync }, statements, read, cancellationToken);
        }

        if (key is not null)
        {
            cache.Store(key, list!.ETag, list.Answer, kept);
        }

        return list!.Answer;
    }

    // False when the database is read-only: then the list is read as that of an empty book.
    private async Task<bool> CreateAsync(BookKey own, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CreateAsync(own, cancellationToken);
            return true;
        }
        catch (Exception failure) when (DatabaseFailure.IsReadOnly(failure))
        {
            database.RenewPool();
            return false;
        }
        finally
        {
            // Returns the connection before another one is taken. Otherwise many first calls could wait for each other.
            await transaction.DisposeAsync();
        }
    }

    /// <summary>The version of a list of both books: their revisions.</summary>
    public static ListVersion Revisions(BookKey own, BookKey shared) => Version(
        own, [own.Id, shared.Id], (revision, sharedRevision) => revision is null ? null : $"\"{own.Tag}-{revision}.{sharedRevision}\"");

    /// <summary>The same for searches. A book that does not exist counts as empty and is not created.</summary>
    public static ListVersion RevisionsOrZero(BookKey own, BookKey shared) => Version(
        own, [own.Id, shared.Id], (revision, sharedRevision) => $"\"{own.Tag}-{revision ?? 0}.{sharedRevision}\"");

    /// <summary>The version of a list of the caller's own book. A book that does not exist counts as empty and is not created.</summary>
    public static ListVersion OwnRevision(BookKey own) => Version(
        own, [own.Id], (revision, _) => $"\"{own.Tag}-own.{revision ?? 0}\"");

    private static ListVersion Version(BookKey own, Guid[] books, Func<long?, long, string?> etag) => new(
        () => Statement.Of(RevisionSql, Statement.Value(books), Statement.Value(own.Organization)),
        async reader =>
        {
            var (ownRevision, sharedRevision) = await ReadRevisionsAsync(reader, own);
            return etag(ownRevision, sharedRevision);
        });

    private Task<string?> FindETagAsync(ListVersion version, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            await using var batch = Statement.Batch(connection, version.Statement());
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return await version.ReadETagAsync(reader);
        },
        cancellationToken);

    private Task<ReadList?> ReadListAsync(
        ListVersion version,
        Func<NpgsqlBatchCommand[]> statements,
        Func<NpgsqlDataReader, string, Task<Answer>> read,
        CancellationToken cancellationToken) => database.ReadAsync(
            async connection =>
            {
                await using var batch = Statement.Snapshot(connection, [version.Statement(), .. statements()]);
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                return await version.ReadETagAsync(reader) is { } etag ? new ReadList(etag, await read(reader, etag)) : null;
            },
            cancellationToken);

    // It has a version of its own: nothing can be said about when it changes.
    private static Task<string?> ReadAnyETagAsync(NpgsqlDataReader reader) => Task.FromResult<string?>($"\"{Guid.NewGuid():N}\"");

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

    private sealed record ReadList(string ETag, Answer Answer);
}
