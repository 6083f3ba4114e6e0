using ContactsService.Storage;

namespace ContactsService.Tests.Access;

public class TokenCacheTests(Service service)
{
    [Theory]
    [InlineData(-24 * 60)]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Keeps_a_token_for_five_seconds_whatever_the_system_clock_is_set_to(int minutes)
    {
        var ann = await service.AgentAsync();
        var time = new SetTime();
        var cache = NewTokenCache.On(service.Database, new Clock(time));
        var token = await cache.FindAsync(ann.Token, null, TestContext.Current.CancellationToken);

        time.Wall += TimeSpan.FromMinutes(minutes);

        Assert.True(await cache.IsValidAsync(token!, TestContext.Current.CancellationToken));
        time.Elapsed += TimeSpan.FromSeconds(4.9);
        Assert.True(await cache.IsValidAsync(token!, TestContext.Current.CancellationToken));
        time.Elapsed += TimeSpan.FromSeconds(0.2);
        Assert.False(await cache.IsValidAsync(token!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ends_a_token_when_the_system_clock_says_that_it_has_expired()
    {
        var ann = await service.AgentAsync();
        var time = new SetTime();
        var cache = NewTokenCache.On(service.Database, new Clock(time));
        var token = await cache.FindAsync(ann.Token, null, TestContext.Current.CancellationToken);

        time.Wall += TimeSpan.FromDays(1);

        Assert.False(await cache.IsValidAsync(token!, TestContext.Current.CancellationToken));
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = System.GetUtcNow();

        public TimeSpan Elapsed { get; set; } = TimeSpan.FromDays(3);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
