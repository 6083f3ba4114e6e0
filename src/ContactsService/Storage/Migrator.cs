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
    }

    /// <summary>Waits for the lock, runs the pending migrations and then whatever <see cref="Backfill"/> is registered.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var lockCommand = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection)
        {
            Parameters = { Statement.Value(LockKey) },
            CommandTimeout = 0,
        };
        await lockCommand.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Database.SetCommandTimeout(0); // indexing a large table takes long
            // A role that may only read and write rows starts the service when another one has migrated.
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                await db.Database.MigrateAsync(cancellationToken);
            }

            foreach (var backfill in backfills)
            {
                await backfill.RunAsync(connection, cancellationToken);
            }
        }
        finally
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection)
            {
                Parameters = { Statement.Value(LockKey) },
            };
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}

internal static partial class MigratorLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is not ready: {Reason}")]
    public static partial void DatabaseNotReady(this ILogger log, string reason);
}
