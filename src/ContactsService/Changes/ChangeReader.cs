using System.Data;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Changes;

/// <summary>
/// Reads what has changed for a caller: first in the own book, then in the organization's. Versions are given under the lock of a book and
/// committed in that order, so nothing that a snapshot does not show yet can come before what it shows.
/// </summary>
internal sealed class ChangeReader(Database database) : IDisposable
{
    // When a change wakes thousands that wait for it, they would take all connections of the pool.
    private const int MaxConcurrentReads = 8;

    // After a read that gave less than the page takes, because the caller sees little of what changed.
    private const int LargeRead = 1000;

    // Entries that the caller does not see, such as departed people in a first copy, end a page too: it has an end in any book.
    private const int MaxHidden = 10_000;

    private readonly SemaphoreSlim slots = new(MaxConcurrentReads);

    /// <summary>The position behind everything that there is.</summary>
    public Task<ChangePosition> FindEndAsync(Caller caller, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var revisions = await ReadRevisionsAsync(connection, caller, cancellationToken);
            return new ChangePosition { Own = new(revisions.Own), Shared = new(revisions.Shared) };
        },
        cancellationToken);

    /// <summary>A page of changes.</summary>
    /// <param name="caller">Who sees them.</param>
    /// <param name="since">The position to begin at; null for the beginning of a first copy.</param>
    /// <param name="size">The most changes.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProblemException"><c>token-expired</c>.</exception>
    public async Task<ChangePage> ReadAsync(Caller caller, ChangePosition? since, int size, CancellationToken cancellationToken)
    {
        // Most reads find nothing: one look-up without a transaction.
        if (since is not null && await database.ReadAsync(
            connection => ReadRevisionsAsync(connection, caller, cancellationToken), cancellationToken) is var current)
        {
            current.RequireKnown(since);
            if (current.IsRead(since))
            {
                return new(caller, since, size);
            }
        }

        await slots.WaitAsync(cancellationToken);
        try
        {
            return await database.ReadAsync(
                async connection =>
                {
                    await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
                    var revisions = await ReadRevisionsAsync(connection, caller, cancellationToken);
                    var page = new ChangePage(caller, since ?? revisions.Beginning, size);
                    revisions.RequireKnown(page.Position);
                    await FillAsync(connection, caller, revisions, page, cancellationToken);
                    return page;
                },
                cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose() => slots.Dispose();

    private static async Task FillAsync(
        NpgsqlConnection connection, Caller caller, Revisions revisions, ChangePage page, CancellationToken cancellationToken)
    {
        if (await FillAsync(connection, caller, isOwn: true, page, cancellationToken))
        {
            page.Position = page.Position with { Own = new(revisions.Own) };
            if (page.IsFull)
            {
                page.HasMore = !revisions.IsRead(page.Position);
                return;
            }

            if (await FillAsync(connection, caller, isOwn: false, page, cancellationToken))
            {
                page.Position = page.Position with { Shared = new(revisions.Shared) };
                return;
            }
        }

        page.HasMore = true;
    }

    /// <summary>Adds changes of one book to the page.</summary>
    /// <returns>False when the page is full before the end of the book.</returns>
    private static async Task<bool> FillAsync(
        NpgsqlConnection connection, Caller caller, bool isOwn, ChangePage page, CancellationToken cancellationToken)
    {
        var limit = page.Room + 1; // one more than the page takes tells whether there is a next one
        for (var hidden = 0; hidden < MaxHidden; hidden += limit)
        {
            var (position, start) = isOwn
                ? (page.Position.Own, page.Position.OwnStart) : (page.Position.Shared, page.Position.SharedStart);
            await using var batch = Statement.Batch(connection, ChangeStatements.Read(caller, isOwn, position, start, limit));
            await using var row = await batch.ExecuteReaderAsync(cancellationToken);
            var count = 0;
            for (; await row.ReadAsync(cancellationToken); count++)
            {
                if (page.IsFull)
                {
                    return false;
                }

                Add(row, isOwn, page);
            }

            if (count < limit)
            {
                return true;
            }

            limit = LargeRead;
        }

        return false;
    }

    private static void Add(NpgsqlDataReader row, bool isOwn, ChangePage page)
    {
        var version = row.GetInt64(ChangeStatements.VersionOrdinal);
        var kind = row.GetString(ChangeStatements.VersionOrdinal + 1);
        var id = row.GetString(ChangeStatements.VersionOrdinal + 2);
        var isFirst = !isOwn && version <= page.Position.SharedStart;
        var place = new BookPosition(version, kind, id);
        page.Position = isOwn ? page.Position with { Own = place } : page.Position with { Shared = place };
        if (kind == ChangeKind.Group)
        {
            if (!page.Claim(kind, id))
            {
                return;
            }

            if (row.IsDBNull(ChangeStatements.FirstOfGroup))
            {
                page.Delete(version, kind, id);
            }
            else
            {
                page.Put(version, GroupView.Read(row, ChangeStatements.FirstOfGroup));
            }

            return;
        }

        var contact = row.IsDBNull(0) ? null : ContactView.Read(row);
        // In a first copy, what the caller has of the directory was sent with the own book, and what has left was never sent.
        if ((isFirst && contact?.IsOwn != false) || !page.Claim(kind, id))
        {
            return;
        }

        if (contact is null)
        {
            page.Delete(version, kind, id);
        }
        else
        {
            page.Put(version, contact);
        }
    }

    private static async Task<Revisions> ReadRevisionsAsync(NpgsqlConnection connection, Caller caller, CancellationToken cancellationToken)
    {
        await using var batch = Statement.Batch(connection, ChangeStatements.Revisions(caller));
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        var revisions = new Revisions(0, 0, 0, 0);
        while (await row.ReadAsync(cancellationToken))
        {
            revisions = row.GetGuid(0) == caller.Own.Id
                ? revisions with { Own = row.GetInt64(1), OwnPurged = row.GetInt64(2) }
                : revisions with { Shared = row.GetInt64(1), SharedPurged = row.GetInt64(2) };
        }

        return revisions;
    }

    /// <summary>The revisions of both books, and their latest deletions that are no longer remembered.</summary>
    private sealed record Revisions(long Own, long Shared, long OwnPurged, long SharedPurged)
    {
        public ChangePosition Beginning => new() { Own = default, Shared = default, OwnStart = Own, SharedStart = Shared };

        public bool IsRead(ChangePosition position) => position.Own == new BookPosition(Own) && position.Shared == new BookPosition(Shared);

        /// <summary>Requires that all deletions behind the position are still remembered, and that its versions have been given.</summary>
        public void RequireKnown(ChangePosition position)
        {
            if (IsKnown(position.Own, position.OwnStart, Own, OwnPurged)
                && IsKnown(position.Shared, position.SharedStart, Shared, SharedPurged))
            {
                return;
            }

            const string Why = "What was deleted after this token is no longer known. Discard your copy and start again without since.";
            throw new ProblemException(Problems.TokenExpired, Why) { Errors = { [ChangeQuery.Since] = [Why] } };
        }

        // A version that was never given is that of a database which was restored since.
        // Who has read nothing of a book misses no deletion in it.
        private static bool IsKnown(BookPosition position, long start, long revision, long purged) =>
            position == default
            || (purged <= Math.Max(position.CompleteVersion, start) && position.Version <= revision);
    }
}
