using System.Diagnostics;
using System.Threading.RateLimiting;

namespace ContactsService.Books;

/// <summary>
/// Limits the number of requests of this instance that write to one book at the same time. Writers of a book wait for its row lock anyway.
/// There each would hold a connection, and one busy book could occupy the whole pool. Safe for any number of threads.
/// </summary>
internal sealed class BookWriteQueue : IDisposable
{
    // One writes; the others are on their way to the database.
    private const int MaxConcurrentWriters = 4;

    private static readonly ConcurrencyLimiterOptions Options = new()
    {
        PermitLimit = MaxConcurrentWriters,
        QueueLimit = int.MaxValue, // limited by the connections of the server; the deadline of the answer limits each wait
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private readonly PartitionedRateLimiter<Guid> books =
        PartitionedRateLimiter.Create<Guid, Guid>(book => RateLimitPartition.GetConcurrencyLimiter(book, static _ => Options));

    /// <summary>Waits for a slot. Disposing the lease releases it.</summary>
    public async ValueTask<RateLimitLease> EnterAsync(Guid book, CancellationToken cancellationToken)
    {
        var begin = Stopwatch.GetTimestamp();
        var slot = await books.AcquireAsync(book, 1, cancellationToken);
        BookMetrics.QueueWait.Record(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        return slot;
    }

    /// <inheritdoc/>
    public void Dispose() => books.Dispose();
}
