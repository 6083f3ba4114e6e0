using System.Diagnostics;
using ContactsService.Access;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Changes;

/// <summary>
/// Looks for all requests that wait for changes: one query for the revisions of their books, whenever a quarter of a second has passed
/// since the one before, and one every few seconds for their access tokens. Without such requests it asks nothing. (NOTIFY would be lost
/// behind a connection pooler.) Safe for any number of threads.
/// </summary>
internal sealed class ChangeWatcher(
    Database database,
    TokenCache tokens,
    Clock clock,
    ChangeOptions options,
    IHostApplicationLifetime lifetime,
    ILogger<ChangeWatcher> log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Callers are promised that an ended token ends its requests within 5 seconds.
    private static readonly TimeSpan AccessInterval = TimeSpan.FromSeconds(3);

    private readonly HashSet<ChangeWatch> watches = [];
    private readonly Dictionary<Guid, int> watchesOfBook = [];
    private bool isRunning;

    /// <summary>Begins to look for a request. Disposing the result ends that.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="token">The access token; null when the request needs none.</param>
    /// <exception cref="ProblemException"><c>too-many-requests</c>.</exception>
    public ChangeWatch Watch(Caller caller, KnownToken? token)
    {
        var watch = new ChangeWatch(this, caller, token, lifetime.ApplicationStopping);
        lock (watches)
        {
            var count = watchesOfBook.GetValueOrDefault(caller.Own.Id);
            if (count >= options.WaitsPerCaller)
            {
                throw new ProblemException(
                    Problems.TooManyRequests,
                    $"At most {options.WaitsPerCaller} requests of one caller wait for changes at the same time, open streams among them.");
            }

            watchesOfBook[caller.Own.Id] = count + 1;
            watches.Add(watch);
            if (!isRunning)
            {
                isRunning = true;
                using (ExecutionContext.SuppressFlow()) // it asks for all, not for this caller
                {
                    _ = Task.Run(RunAsync);
                }
            }
        }

        ChangeMetrics.Watching.Add(1);
        return watch;
    }

    /// <summary>Ends a watch.</summary>
    public void Remove(ChangeWatch watch)
    {
        lock (watches)
        {
            watches.Remove(watch);
            var book = watch.Caller.Own.Id;
            if (--watchesOfBook[book] == 0)
            {
                watchesOfBook.Remove(book);
            }
        }

        ChangeMetrics.Watching.Add(-1);
    }

    /// <summary>Ends a watch whose access token has ended. What was read before may then not be sent.</summary>
    public async Task CheckAccessAsync(ChangeWatch watch, CancellationToken cancellationToken)
    {
        if (watch.Token is { } token && !await tokens.HasAccessAsync(token, cancellationToken))
        {
            watch.EndAccess();
        }
    }

    private async Task RunAsync()
    {
        var looked = Stopwatch.GetTimestamp();
        var isUnavailable = false;
        while (true)
        {
            await Task.Delay(Interval);
            ChangeWatch[] current;
            lock (watches)
            {
                isRunning = watches.Count > 0;
                if (!isRunning)
                {
                    return;
                }

                current = [.. watches];
            }

            try
            {
                if (Stopwatch.GetElapsedTime(looked) >= AccessInterval)
                {
                    await LookForTokensAsync(current);
                    looked = Stopwatch.GetTimestamp();
                }

                await LookForChangesAsync(current);
                isUnavailable = false;
            }
            catch (Exception failure) when (DatabaseFailure.IsUnavailable(failure))
            {
                // They go on waiting. It is logged once.
                if (!isUnavailable)
                {
                    log.Unavailable(failure.Message);
                }

                isUnavailable = true;
            }
            catch (Exception failure)
            {
                // Nobody else would see it, and nobody would be woken any more.
                log.Failed(failure);
            }
        }
    }

    private async Task LookForTokensAsync(ChangeWatch[] current)
    {
        var now = clock.Now;
        foreach (var watch in current.Where(watch => watch.Token?.Expires <= now))
        {
            watch.EndAccess();
        }

        var known = current.Select(watch => watch.Token).OfType<KnownToken>().DistinctBy(token => token.TokenId).ToList();
        if (known.Count == 0)
        {
            return;
        }

        var ended = await tokens.FindEndedAsync(known, CancellationToken.None);
        foreach (var watch in current.Where(watch => watch.Token is { } token && ended.Contains(token.TokenId)))
        {
            watch.EndAccess();
        }
    }

    private async Task LookForChangesAsync(ChangeWatch[] current)
    {
        var waiting = current.Where(watch => watch.IsWaiting).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        ChangeMetrics.Looks.Add(1);
        var revisions = await database.ReadAsync(
            async connection =>
            {
                await using var batch = Statement.Batch(connection, ChangeStatements.Revisions([.. waiting.Select(watch => watch.Caller)]));
                await using var row = await batch.ExecuteReaderAsync();
                var found = new Dictionary<Guid, long>();
                while (await row.ReadAsync())
                {
                    found[row.GetGuid(0)] = row.GetInt64(1);
                }

                return found;
            },
            CancellationToken.None);
        foreach (var watch in waiting)
        {
            watch.Notice(revisions.GetValueOrDefault(watch.Caller.Own.Id), revisions.GetValueOrDefault(watch.Caller.Shared.Id));
        }
    }
}

internal static partial class ChangeLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Requests that wait for changes wait for the database: {Reason}")]
    public static partial void Unavailable(this ILogger<ChangeWatcher> log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for changes failed")]
    public static partial void Failed(this ILogger<ChangeWatcher> log, Exception failure);
}
