using System.Diagnostics;
using System.Threading.RateLimiting;

namespace ContactsService.Books;

/// <summary>
/// Limits how many requests of this instance write to one book at the same time. Writers of a book wait for each other at its row anyway;
/// waiting there, each would hold a connection, and a busy book would leave none for the others. Safe for any number of threads.
/// </summary>
internal sealed class BookWriteQueue : IDisposable
{
    // One writes while the next is already on its way.
    private const int MaxConcurrentWriters = 4;

    private static readonly ConcurrencyLimiterOptions Options = new()
    {
        PermitLimit = MaxConcurrentWriters,
        QueueLimit = int.MaxValue, // bounded by the connections of the server, and each wait by the deadline of its answer
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private readonly PartitionedRateLimiter<Guid> books =
        PartitionedRateLimiter.Create<Guid, Guid>(book => RateLimitPartition.GetConcurrencyLimiter(book, static _ => Options));

    /// <summary>Waits for a slot; disposing the lease releases it.</summary>
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
