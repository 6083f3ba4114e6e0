using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using ContactsService.Http;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>
/// Limits how often an address may ask the database for tokens that do not exist. A token that this instance has seen before is no guess.
/// Safe for any number of threads.
/// </summary>
internal sealed class GuessLimits(IOptions<AccessOptions> options) : IDisposable
{
    private const int MaxAddresses = 10_000;

    // Whoever has many addresses has only as many connections for guesses.
    private const int MaxConcurrentLookUps = 8;

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(3);

    private static readonly Meter Source = new("ContactsService.Access");

    private static readonly Counter<long> Refusals = Source.CreateCounter<long>(
        "contacts.tokens.guesses_refused", "{request}", "Requests with unknown tokens that were refused without asking the database.");

    private readonly Dictionary<IPAddress, Bucket> buckets = [];
    private readonly SemaphoreSlim lookUps = new(MaxConcurrentLookUps);
    private readonly int rate = options.Value.GuessesPerSecond;

    /// <summary>Looks a token up that this instance does not know. What is found costs the address nothing.</summary>
    /// <exception cref="ProblemException"><c>too-many-requests</c>: the address has guessed too often.</exception>
    public async Task<KnownToken?> LookUpAsync(IPAddress? remote, Func<Task<KnownToken?>> read, CancellationToken cancellationToken)
    {
        var address = Network(remote ?? IPAddress.None);
        Take(address, 0); // before it waits
        if (!await lookUps.WaitAsync(WaitLimit, cancellationToken))
        {
            throw new TimeoutException("Too many unknown tokens wait for the database.");
        }

        try
        {
            Take(address, 1);
            return await ReadAsync(address, read);
        }
        finally
        {
            lookUps.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lookUps.Dispose();

    private async Task<KnownToken?> ReadAsync(IPAddress address, Func<Task<KnownToken?>> read)
    {
        var isGuess = false;
        try
        {
            var token = await read();
            isGuess = token is null;
            return token;
        }
        finally
        {
            if (!isGuess)
            {
                GiveBack(address);
            }
        }
    }

    private void Take(IPAddress address, int count)
    {
        if (rate == 0)
        {
            return;
        }

        lock (buckets)
        {
            var bucket = Find(address);
            if (bucket.Left < 1)
            {
                Refusals.Add(1);
                throw new ProblemException(
                    Problems.TooManyRequests,
                    "Too many unknown tokens came from your address. Send the request again after the seconds in Retry-After.");
            }

            bucket.Left -= count;
        }
    }

    private void GiveBack(IPAddress address)
    {
        lock (buckets)
        {
            if (buckets.TryGetValue(address, out var bucket))
            {
                bucket.Left++;
            }
        }
    }

    private Bucket Find(IPAddress address)
    {
        var max = (double)rate * AccessOptions.GuessSecondsAtOnce;
        var now = Stopwatch.GetTimestamp();
        if (!buckets.TryGetValue(address, out var bucket))
        {
            if (buckets.Count >= MaxAddresses)
            {
                buckets.Clear();
            }

            buckets.Add(address, bucket = new() { Left = max, Refilled = now });
        }

        bucket.Left = Math.Min(max, bucket.Left + (Stopwatch.GetElapsedTime(bucket.Refilled, now).TotalSeconds * rate));
        bucket.Refilled = now;
        return bucket;
    }

    // One customer has at least a /64 of IPv6 (RFC 6177).
    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long Refilled { get; set; }
    }
}
