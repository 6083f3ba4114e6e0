using ContactsService.Changes.Webhooks;

namespace ContactsService.Tests.Changes.Webhooks;

public class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 5, 5)]
    [InlineData(2, 30, 30)]
    [InlineData(3, 120, 120)]
    [InlineData(4, 600, 720)]
    [InlineData(5, 1_800, 2_160)]
    [InlineData(9, 28_800, 34_560)]
    [InlineData(50, 28_800, 34_560)]
    public void Pauses_longer_after_each_attempt(int attempts, double least, double most)
    {
        var schedule = new RetrySchedule(new());

        Assert.All(
            Enumerable.Range(0, 100).Select(_ => schedule.PauseAfter(attempts).TotalSeconds),
            pause => Assert.InRange(pause, least, most));
    }

    [Fact]
    public void Spreads_the_later_attempts()
    {
        var schedule = new RetrySchedule(new());

        Assert.True(Enumerable.Range(0, 100).Select(_ => schedule.PauseAfter(4)).Distinct().Count() > 50);
    }

    [Fact]
    public void Takes_pauses_from_the_settings()
    {
        var schedule = new RetrySchedule(new() { RetrySeconds = "1, 2,3" });

        Assert.Equal([1, 2, 3, 3], [.. Enumerable.Range(1, 3).Append(3).Select(attempts => schedule.PauseAfter(attempts).TotalSeconds)]);
    }
}
