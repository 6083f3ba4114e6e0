using System.Threading.RateLimiting;

namespace ContactsService.Storage;

/// <summary>What a request counts as when it takes a connection.</summary>
/// <param name="Caller">The caller, by the own book.</param>
/// <param name="Organization">The organization, by its book.</param>
internal sealed record PoolShare(Guid Caller, Guid Organization)
{
    private static readonly AsyncLocal<PoolShare?> Ambient = new();

    private int held;

    /// <summary>The share of the request that is executed; null for what is nobody's, which has no limit.</summary>
    public static PoolShare? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>True while the request has a connection. It takes another one without waiting: it gives none back before.</summary>
    public bool IsHolding => Volatile.Read(ref held) > 0;

    /// <summary>Notes a connection. Disposing the result notes its end.</summary>
    public IDisposable Hold(RateLimitLease? lease)
    {
        Interlocked.Increment(ref held);
        return new Holding(this, lease);
    }

    private sealed class Holding(PoolShare share, RateLimitLease? lease) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                lease?.Dispose();
                Interlocked.Decrement(ref share.held);
            }
        }
    }
}
