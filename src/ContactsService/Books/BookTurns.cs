using System.Threading.RateLimiting;

namespace ContactsService.Books;

/// <summary>
/// Who may write to a book at this instance now. Its writers wait for each other at the row of the book anyway; waiting there, each
/// would keep a connection, and a busy book would leave none for the others. Safe for any number of threads.
/// </summary>
internal sealed class BookTurns : IDisposable
{
    // One writes while the next is already on its way.
    private const int AtOnce = 4;

    private static readonly ConcurrencyLimiterOptions Options = new()
    {
        PermitLimit = AtOnce,
        QueueLimit = int.MaxValue, // bounded by the connections of the server, and each by its time for an answer
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    };

    private readonly PartitionedRateLimiter<Guid> books =
        PartitionedRateLimiter.Create<Guid, Guid>(book => RateLimitPartition.GetConcurrencyLimiter(book, static _ => Options));

    /// <summary>Waits for a turn; it ends when the lease is disposed of.</summary>
    public ValueTask<RateLimitLease> TakeAsync(Guid book, CancellationToken cancellation) => books.AcquireAsync(book, 1, cancellation);

    /// <summary>Ends all turns.</summary>
    public void Dispose() => books.Dispose();
}
