using System.Collections.Concurrent;
using System.Diagnostics;
using ContactsService.Access;
using ContactsService.Changes;
using ContactsService.Storage;
using ContactsService.Tests.Access;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace ContactsService.Tests.Changes;

public class ChangeWatcherTests(Service service)
{
    [Fact]
    public async Task Asks_the_database_once_in_250_ms_for_all_that_wait_and_not_at_all_for_nobody()
    {
        var queries = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => queries.Enqueue(string.Join(' ', activity.TagObjects.Select(tag => tag.Value))),
        };
        ActivitySource.AddActivityListener(listener);
        int Looks() => queries.Count(query => query.Contains("purged_version", StringComparison.Ordinal));
        var watcher = NewWatcher();
        var position = new ChangePosition { Own = default, Shared = default };

        var watches = Enumerable.Range(0, 200).Select(i => watcher.Watch(new("nobody", $"user-{i}", Role.Agent), token: null)).ToList();
        var woken = await Task.WhenAll(watches.Select(watch => watch.WaitAsync(
            position, TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken)));

        Assert.DoesNotContain(true, woken);
        Assert.InRange(Looks(), 1, 8);
        watches.ForEach(watch => watch.Dispose());
        await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
        var before = Looks();
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Equal(before, Looks());
    }

    [Fact]
    public async Task Wakes_those_whose_books_have_moved()
    {
        var ann = await service.AgentAsync();
        var watcher = NewWatcher();
        var position = new ChangePosition { Own = default, Shared = default };
        using var watch = watcher.Watch(new(ann.Organization, "ann", Role.Agent), token: null);
        using var other = watcher.Watch(new(ann.Organization, "bob", Role.Agent), token: null);
        var limit = TimeSpan.FromSeconds(20);

        var waiting = watch.WaitAsync(position, limit, TestContext.Current.CancellationToken);
        var sleeping = other.WaitAsync(position, TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await ann.AddContactAsync("Joe");

        Assert.True(await waiting);
        Assert.False(await sleeping);
    }

    private ChangeWatcher NewWatcher()
    {
        var (database, clock) = (new Database(service.Database), new Clock(TimeProvider.System));
        return new(
            database,
            NewTokenCache.On(service.Database, clock),
            clock,
            new ChangeOptions(),
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
            NullLogger<ChangeWatcher>.Instance);
    }
}
