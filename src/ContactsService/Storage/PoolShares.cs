using System.Data;
using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ContactsService.Storage;

/// <summary>
/// Limits the connections that requests of one caller, and of one organization, have at the same time, so that others find some in the
/// pool. Safe for any number of threads.
/// </summary>
internal sealed class PoolShares : DbConnectionInterceptor, IDisposable
{
    private const int NoLimit = 100;

    // What waits is held in memory, with its body.
    private const int MaxWaitingOfCaller = 256;
    private const int MaxWaitingOfOrganization = 1024;

    private static readonly Meter Source = new("ContactsService.Database");

    private static readonly Counter<long> Refusals = Source.CreateCounter<long>(
        "contacts.database.refusals", "{request}", "Requests whose caller or organization has too many others with a connection.");

    private readonly PartitionedRateLimiter<PoolShare> shares;
    private readonly TimeSpan waitLimit;

    // A connection of EF Core that cannot be opened changes no state.
    private readonly ConditionalWeakTable<DbConnection, IDisposable> opening = [];

    public PoolShares(DatabaseOptions options, int poolSize)
    {
        waitLimit = TimeSpan.FromSeconds(options.WaitSeconds);
        shares = PartitionedRateLimiter.CreateChained(
            Create(options.CallerPercent, poolSize, MaxWaitingOfCaller, share => share.Caller),
            Create(options.OrganizationPercent, poolSize, MaxWaitingOfOrganization, share => share.Organization));
    }

    /// <summary>Opens a connection when the request may have one; the end of the connection is noticed.</summary>
    /// <exception cref="PoolShareException">Others of the caller or organization did not end in time.</exception>
    public async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if (PoolShare.Current is not { } share)
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }

        var holding = await EnterAsync(share, cancellationToken);
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken);
            EndWith(connection, holding);
            return connection;
        }
        catch
        {
            holding.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (PoolShare.Current is { } share)
        {
            var holding = await EnterAsync(share, cancellationToken);
            opening.AddOrUpdate(connection, holding);
            EndWith(connection, holding);
        }

        return result;
    }

    /// <inheritdoc/>
    public override Task ConnectionFailedAsync(
        DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (opening.TryGetValue(connection, out var holding))
        {
            holding.Dispose();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => shares.Dispose();

    private static void EndWith(DbConnection connection, IDisposable holding)
    {
        connection.StateChange += End;

        void End(object sender, StateChangeEventArgs change)
        {
            if (change.CurrentState is not ConnectionState.Open)
            {
                connection.StateChange -= End;
                holding.Dispose();
            }
        }
    }

    private static PartitionedRateLimiter<PoolShare> Create(int percent, int poolSize, int maxWaiting, Func<PoolShare, Guid> key)
    {
        var options = new ConcurrencyLimiterOptions
        {
            PermitLimit = Math.Max(1, poolSize * percent / 100),
            QueueLimit = maxWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
        return PartitionedRateLimiter.Create<PoolShare, Guid>(share => percent == NoLimit
            ? RateLimitPartition.GetNoLimiter(Guid.Empty)
            : RateLimitPartition.GetConcurrencyLimiter(key(share), _ => options));
    }

    private async ValueTask<IDisposable> EnterAsync(PoolShare share, CancellationToken cancellationToken)
    {
        if (share.IsHolding)
        {
            return share.Hold(null);
        }

        var free = shares.AttemptAcquire(share);
        if (free.IsAcquired)
        {
            return share.Hold(free);
        }

        free.Dispose();
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(waitLimit);
        try
        {
            var lease = await shares.AcquireAsync(share, 1, wait.Token);
            return lease.IsAcquired ? share.Hold(lease) : throw Refuse();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refuse();
        }
    }

    private static PoolShareException Refuse()
    {
        Refusals.Add(1);
        return new();
    }
}

/// <summary>A request was not begun, because too many others of its caller or organization have a connection.</summary>
internal sealed class PoolShareException() : Exception("Too many requests of the caller or organization use the database.");
