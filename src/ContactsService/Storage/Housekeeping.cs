using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Storage;

/// <summary>
/// Deletes rows that have expired. A module registers its own as singletons; <see cref="Housekeeping"/> runs them.
/// </summary>
/// <param name="DeleteAsync">Deletes what has expired at the given time, UTC.</param>
internal sealed record PeriodicPurge(Func<ContactsDb, DateTime, CancellationToken, Task> DeleteAsync)
{
    /// <summary>Deletes all rows of an entity that satisfy a condition at the given time, UTC.</summary>
    public static PeriodicPurge Of<T>(Func<DateTime, Expression<Func<T, bool>>> isDue)
        where T : class =>
        new((db, now, cancellationToken) => db.Set<T>().Where(isDue(now)).ExecuteDeleteAsync(cancellationToken));
}

/// <summary>Runs every <see cref="PeriodicPurge"/> once an hour.</summary>
internal sealed class Housekeeping(
    [FromKeyedServices(Database.Maintenance)] IDbContextFactory<ContactsDb> contexts,
    IEnumerable<PeriodicPurge> purges,
    Clock clock,
    TimeProvider time,
    ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(10); // no caller waits for it

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        using var stop = stoppingToken.Register(timer.Dispose); // ends the loop; a cancellation would be logged as a failure
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await PurgeAsync(stoppingToken);
            }
            catch (Exception failure) when (DatabaseFailure.IsUnavailable(failure))
            {
                log.HousekeepingPostponed(failure.Message);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The host would stop with it.
                log.HousekeepingFailed(failure);
            }
        }
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(StatementTimeout);
        foreach (var purge in purges)
        {
            await purge.DeleteAsync(db, clock.Now, cancellationToken);
        }
    }
}

internal static partial class HousekeepingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping is postponed by an hour: {Reason}")]
    public static partial void HousekeepingPostponed(this ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Housekeeping failed and is tried again in an hour")]
    public static partial void HousekeepingFailed(this ILogger log, Exception failure);
}
