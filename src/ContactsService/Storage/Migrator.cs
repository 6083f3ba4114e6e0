using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Storage;

/// <summary>
/// Brings the tables up to date when the service starts. Instances that start together take turns, by a lock in the
/// database. A database that is away is waited for in the background; until then requests get 503.
/// </summary>
internal sealed class Migrator(IServiceScopeFactory scopes, NpgsqlDataSource source, ILogger<Migrator> log) : BackgroundService
{
    private const long TurnLock = 0x636F6E7461637473; // "contacts"

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>True when the tables are as this program needs them.</summary>
    public bool IsDone { get; private set; }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // The first try comes before the first request; what is left to do goes on in the background.
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
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        catch (Exception lost) when (DatabaseFailure.IsUnavailable(lost))
        {
            log.DatabaseNotReady(lost.Message);
            return false;
        }
    }

    /// <summary>Takes its turn and runs the migrations that have not run yet.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var turn = await source.OpenConnectionAsync(cancellationToken);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", turn) { Parameters = { Statement.Value(TurnLock) }, CommandTimeout = 0 };
        await take.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<ContactsDb>().Database;
            database.SetCommandTimeout(0); // an index of a large table takes its time
            await database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", turn) { Parameters = { Statement.Value(TurnLock) } };
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}

internal static partial class MigratorLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is not there yet: {Reason}")]
    public static partial void DatabaseNotReady(this ILogger log, string reason);
}
