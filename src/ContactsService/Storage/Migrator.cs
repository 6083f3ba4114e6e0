using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Storage;

/// <summary>
/// Migrates the tables when the service starts. Instances that start together do so one after another, by an advisory lock. While the
/// database is unavailable, it tries again in the background and requests get 503.
/// </summary>
internal sealed class Migrator(
    [FromKeyedServices(Database.Maintenance)] IDbContextFactory<ContactsDb> contexts,
    [FromKeyedServices(Database.Maintenance)] NpgsqlDataSource source,
    IEnumerable<Backfill> backfills,
    ILogger<Migrator> log)
    : BackgroundService
{
    private const long LockKey = 0x636F6E7461637473; // "contacts"

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(200);

    // Then it is logged, and waited for in the background: requests get 503 instead of no connection.
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(10);

    /// <summary>True when the tables match this version.</summary>
    public bool IsDone { get; private set; }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // The first attempt comes before the first request; further ones run in the background.
        if (!await TryMigrateAsync(cancellationToken))
        {
            await base.StartAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            // A cancellation would be logged as a failure.
            await Task.Delay(RetryDelay, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!stoppingToken.IsCancellationRequested && !await TryMigrateAsync(stoppingToken));
    }

    private async Task<bool> TryMigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MigrateAsync(cancellationToken);
            return IsDone = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure) when (DatabaseFailure.IsUnavailable(failure))
        {
            log.DatabaseNotReady(failure.Message);
            return false;
        }
        catch (Exception failure)
        {
            // The operator can mend it in the database while the service answers 503. The host would stop with it.
            log.MigrationFailed(failure);
            return false;
        }
    }

    /// <summary>Waits for the lock, runs the pending migrations and then whatever <see cref="Backfill"/> is registered.</summary>
    /// <exception cref="TimeoutException">Another instance has held the lock for <see cref="LockWait"/>.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // The lock belongs to a transaction: behind a pooler, one of a session would stay with whichever session it was taken in.
        await using var lockConnection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await lockConnection.BeginTransactionAsync(cancellationToken);
        await LockAsync(lockConnection, cancellationToken);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(0); // indexing a large table takes long
        // A role that may only read and write rows starts the service when another one has migrated.
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        foreach (var backfill in backfills)
        {
            await backfill.RunAsync(connection, cancellationToken);
        }
    }

    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // The transaction is idle while the migrations run, on connections of their own.
        await using var unlimited = new NpgsqlCommand("SET LOCAL idle_in_transaction_session_timeout = 0", connection);
        await unlimited.ExecuteNonQueryAsync(cancellationToken);
        await using var tryLock = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection)
        {
            Parameters = { Statement.Value(LockKey) },
        };
        for (var begin = Stopwatch.GetTimestamp(); await tryLock.ExecuteScalarAsync(cancellationToken) is false;)
        {
            if (Stopwatch.GetElapsedTime(begin) > LockWait)
            {
                throw new TimeoutException("Another instance holds the lock of migrations.");
            }

            await Task.Delay(LockInterval, cancellationToken);
        }
    }
}

internal static partial class MigratorLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is not ready: {Reason}")]
    public static partial void DatabaseNotReady(this ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The migration of the database failed and is tried again")]
    public static partial void MigrationFailed(this ILogger log, Exception failure);
}
