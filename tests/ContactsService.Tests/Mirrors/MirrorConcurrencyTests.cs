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

    public static TheoryData<int> Seeds => Soak.Seeds(1);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Mirrors_show_nothing_untrue_and_miss_nothing(int seed) =>
        output.WriteLine(await MirrorRun.RunAsync(seed, Soak.Writes(Writes)));
}
