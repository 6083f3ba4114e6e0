using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Changes;

/// <summary>A request that waits for changes now and then. It holds no connection. One thread waits; the watcher wakes it.</summary>
internal sealed class ChangeWatch(ChangeWatcher watcher, Caller caller, KnownToken? token, CancellationToken stopping) : IDisposable
{
    private readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private volatile bool hasAccess = true;
    private volatile Wait? wait;

    public Caller Caller { get; } = caller;

    /// <summary>The access token; null when the request needs none.</summary>
    public KnownToken? Token { get; } = token;

    public bool IsWaiting => wait is not null;

    /// <summary>Is cancelled when the request has to end: its access token has ended, or the service is stopping.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>Waits until there may be changes after the position.</summary>
    /// <returns>False when there is still nothing and the time is over, or the request has to end.</returns>
    public async Task<bool> WaitAsync(ChangePosition position, TimeSpan limit, CancellationToken cancellationToken)
    {
        var next = new Wait(position.Own.Version, position.Shared.Version, new(TaskCreationOptions.RunContinuationsAsynchronously));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        end.CancelAfter(limit);
        wait = next;
        try
        {
            await next.Changed.Task.WaitAsync(end.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            wait = null;
        }
    }

    /// <summary>Wakes the request when the books have moved past what it knows.</summary>
    public void Notice(long own, long shared)
    {
        if (wait is { } known && (own != known.Own || shared != known.Shared))
        {
            known.Changed.TrySetResult();
        }
    }

    /// <summary>Ends the request, because its access token has ended.</summary>
    public void EndAccess()
    {
        hasAccess = false;
        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request has just ended by itself.
        }
    }

    /// <summary>Requires that the access token has not ended.</summary>
    /// <exception cref="ProblemException"><c>unauthenticated</c>.</exception>
    public void RequireAccess()
    {
        if (!hasAccess)
        {
            throw new ProblemException(Problems.Unauthenticated, "The token expired or was revoked while the request waited.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        watcher.Remove(this);
        ended.Dispose();
    }

    private sealed record Wait(long Own, long Shared, TaskCompletionSource Changed);
}
