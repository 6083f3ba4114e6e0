using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace ContactsService.Tests.Mirrors;

/// <summary>
/// Whatever happens in whatever order, and however a reader pages, stops, goes back to a token that it has seen or starts again: what it
/// holds in the end is what is listed, and what should be there.
/// </summary>
[Trait("Speed", "Slow")]
public class MirrorModelTests(Service service)
{
    private const int Runs = 15;

    private static readonly Gen<Step> AnyStep =
        from kind in Gen.Frequency(
            (4, Gen.Elements(Enum.GetValues<StepKind>())),
            (2, Gen.Elements(
                StepKind.AddMember, StepKind.RemoveMember, StepKind.MoveContact, StepKind.TakeEntry, StepKind.DeleteContact,
                StepKind.RenameUser, StepKind.DeactivateUser, StepKind.ReactivateUser, StepKind.AddGroup, StepKind.PatchContact)),
            (2, Gen.Constant(StepKind.ReadPage)))
        from which in Gen.Choose(0, 5)
        from other in Gen.Choose(0, 23)
        select new Step(kind, which, other);

    public static TheoryData<int> Seeds => Soak.Seeds(1, 2, 3, 4);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_mirror_is_what_there_is_after_random_steps(int seed) =>
        await CheckAsync(seed, steps: 80, receives: null, runs: Soak.Writes(Runs * 100) / 100);

    /// <summary>What the tests of this class would say of a service that forgets deletions.</summary>
    [Fact]
    public async Task A_lost_deletion_is_found_with_a_small_example()
    {
        var smallest = int.MaxValue;
        await Assert.ThrowsAnyAsync<Exception>(() => CheckAsync(
            seed: 1, steps: 20, change => (string)change["op"]! != "delete", failed => smallest = Math.Min(smallest, failed.Length)));

        Assert.InRange(smallest, 2, 4); // something comes, is read, goes
    }

    private Task CheckAsync(
        int seed, int steps, Func<JsonNode, bool>? receives, Action<Step[]>? fails = null, int runs = Runs) => Task.Run(() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(runs).WithReplay(new Replay(new Rnd((ulong)seed, 0x9E3779B97F4A7C15), null)),
        Prop.ForAll(Arb.From(AnyStep.ArrayOf(steps), Shorter), all => RunAsync(all, receives, fails).GetAwaiter().GetResult())));

    private async Task RunAsync(Step[] steps, Func<JsonNode, bool>? receives, Action<Step[]>? fails)
    {
        try
        {
            var model = await MirrorModel.MakeAsync(service, receives);
            foreach (var step in steps)
            {
                await model.DoAsync(step);
            }

            await model.ShouldBeMirroredAsync(pageSize: 1 + (steps.Length % 7));
        }
        catch (Exception)
        {
            fails?.Invoke(steps);
            throw;
        }
    }

    // Without the half, a quarter, … one of the steps, from each place; then with smaller numbers.
    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= steps.Length; start += size)
            {
                yield return [.. steps[..start], .. steps[(start + size)..]];
            }
        }

        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Which > 0)
            {
                yield return [.. steps[..i], steps[i] with { Which = steps[i].Which - 1 }, .. steps[(i + 1)..]];
            }

            if (steps[i].Other > 0)
            {
                yield return [.. steps[..i], steps[i] with { Other = steps[i].Other / 2 }, .. steps[(i + 1)..]];
            }
        }
    }
}
