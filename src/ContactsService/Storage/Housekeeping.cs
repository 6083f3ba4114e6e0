using Microsoft.EntityFrameworkCore;

namespace ContactsService.Storage;

/// <summary>Forgets, once an hour, what is kept for a time only.</summary>
internal sealed class Housekeeping(IServiceScopeFactory scopes, Clock clock, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan TombstoneLife = TimeSpan.FromDays(90);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        using var stop = stoppingToken.Register(timer.Dispose); // ends the loop; a cancellation would be logged as a failure
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception lost) when (DatabaseFailure.IsUnavailable(lost))
            {
                log.HousekeepingPutOff(lost.Message);
            }
        }
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10)); // nobody waits for it
        var now = clock.Now;
        var oldest = now - TombstoneLife;
        await db.AnsweredRetries.Where(answer => answer.Expires < now).ExecuteDeleteAsync(cancellation);
        await db.Tombstones.Where(tombstone => tombstone.Deleted < oldest).ExecuteDeleteAsync(cancellation);
    }
}

internal static partial class HousekeepingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping is put off by an hour: {Reason}")]
    public static partial void HousekeepingPutOff(this ILogger log, string reason);
}
