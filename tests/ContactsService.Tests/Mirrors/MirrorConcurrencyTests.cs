using ContactsService.Tests.Faults;

namespace ContactsService.Tests.Mirrors;

/// <summary>
/// Mirrors that follow 16 writers of every API on two instances, while these and the database are killed. <c>scripts/soak</c> runs it for
/// longer.
/// </summary>
[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class MirrorConcurrencyTests(ITestOutputHelper output)
{
    private const int Writes = 2000; // three kills, one of each

    [Theory]
    [InlineData(1)]
    public async Task Mirrors_show_nothing_untrue_and_miss_nothing(int seed) =>
        output.WriteLine(await MirrorRun.RunAsync(seed, Writes));

    [Fact(Explicit = true)]
    public async Task Mirrors_show_nothing_untrue_and_miss_nothing_in_a_long_run() =>
        output.WriteLine(await MirrorRun.RunAsync(Soak.Seed, Soak.Writes));
}
