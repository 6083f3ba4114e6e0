using System.Diagnostics;
using System.Threading.RateLimiting;
using ContactsService.Http;

namespace ContactsService.Books;

/// <summary>
/// Limits the number of requests of this instance that write to one book at the same time. Writers of a book wait for its row lock anyway.
/// There each would hold a connection, and one busy book could occupy the whole pool. Safe for any number of threads.
/// </summary>
internal sealed class BookWriteQueue(RequestLimits limits) : IDisposable
{
    // One writes; the others are on their way to the database.
    private const int MaxConcurrentWriters = 4;

    private static readonly ConcurrencyLimiterOptions Options = new()
    {
        PermitLimit = MaxConcurrentWriters,
        QueueLimit = int.MaxValue, // limited by the connections of the server; waitLimit limits each wait
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private readonly PartitionedRateLimiter<Guid> books =
        PartitionedRateLimiter.Create<Guid, Guid>(book => RateLimitPartition.GetConcurrencyLimiter(book, static _ => Options));

    // A writer whose answer is nearly due does not begin: its statement could still be stored after the caller was told 503.
    private readonly TimeSpan waitLimit = limits.AnswerTime * 0.75;

    /// <summary>Waits for a slot. Disposing the lease releases it.</summary>
    /// <exception cref="TimeoutException">No slot became free in three quarters of the time for an answer.</exception>
    public async ValueTask<RateLimitLease> EnterAsync(Guid book, CancellationToken cancellationToken)
    {
        if (books.AttemptAcquire(book) is { IsAcquired: true } free)
        {
            BookMetrics.QueueWait.Record(0);
            return free;
        }

        var begin = Stopwatch.GetTimestamp();
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(waitLimit);
        RateLimitLease slot;
        try
        {
            slot = await books.AcquireAsync(book, 1, wait.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("Too many writers wait for the book.", late);
        }

        BookMetrics.QueueWait.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        return slot;
    }

    /// <inheritdoc/>
    public void Dispose() => books.Dispose();
}
