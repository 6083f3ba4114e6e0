using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactsService.Tests.Storage;

public class HousekeepingTests
{
    [Fact]
    public async Task Goes_on_after_a_failure_that_nobody_foresaw()
    {
        var runs = 0;
        var second = new TaskCompletionSource();
        var purge = new PeriodicPurge((_, _, _) =>
        {
            if (++runs == 1)
            {
                throw new Npgsql.PostgresException("out of range", "ERROR", "ERROR", "22003");
            }

            second.TrySetResult();
            return Task.CompletedTask;
        });
        var time = new FastTime();
        using var housekeeping = new Housekeeping(
            new Contexts(), [purge], new Clock(time), time, NullLogger<Housekeeping>.Instance);

        await housekeeping.StartAsync(CancellationToken.None);
        await second.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await housekeeping.StopAsync(CancellationToken.None);

        Assert.False(housekeeping.ExecuteTask!.IsFaulted);
    }

    private sealed class Contexts : IDbContextFactory<ContactsDb>
    {
        public ContactsDb CreateDbContext() =>
            new(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql("Host=nowhere.invalid").Options);
    }

    // An hour is a millisecond.
    private sealed class FastTime : TimeProvider
    {
        private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(1);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Period, Period);
    }
}
