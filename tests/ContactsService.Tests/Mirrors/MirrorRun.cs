using System.Diagnostics;
using System.Globalization;
using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Mirrors;

/// <summary>
/// Writers of every API on two instances, mirrors of every kind, and a kill now and then. In the end each mirror must be what is listed.
/// </summary>
internal sealed class MirrorRun : IAsyncDisposable
{
    private const int Writers = 16;
    private const int WritesBetweenKills = 600;

    private static readonly string?[] Ways = ["pageSize=3", "wait=2", "pageSize=1000", null];

    // Beyond it something hangs.
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(120);

    private readonly CancellationTokenSource end = new();
    private readonly Ledger ledger = new();
    private readonly Cluster cluster;
    private readonly List<MirroredCaller> callers = [];
    private readonly WriterScene scene;
    private readonly int seed;
    private readonly int goal;

    private MirrorRun(Cluster cluster, ClusterCaller[] members, ClusterCaller stranger, int seed, int goal)
    {
        (this.cluster, this.seed, this.goal) = (cluster, seed, goal);
        foreach (var (caller, i) in members.Append(stranger).Select((caller, i) => (caller, i)))
        {
            callers.Add(new(
                caller, [.. Ways.Select((way, j) => new Follower(caller, ledger, Random(100 + (10 * i) + j)) { Query = way })]));
        }

        OwnPools[] books = [.. members.Select(member => new OwnPools(member, deletesContactsOfGroups: member.User == "ann"))];
        foreach (var book in books)
        {
            foreach (var i in Enumerable.Range(0, 20))
            {
                book.Again.Add(string.Create(CultureInfo.InvariantCulture, $"again-{i}"));
                book.GroupsAgain.Add(string.Create(CultureInfo.InvariantCulture, $"00000000-0000-7000-8000-{i:D12}"));
            }
        }

        ledger.AllowDeletion(members[0].Organization, "ann", "*");
        scene = new(ledger, books, new(members[0]));
    }

    private MirroredCaller Stranger => callers[^1];

    /// <summary>Runs all that, and says what was done.</summary>
    /// <param name="seed">Where the random numbers begin. What meets what is up to the machine.</param>
    /// <param name="goal">How many writes have to succeed.</param>
    public static async Task<string> RunAsync(int seed, int goal)
    {
        var watch = Stopwatch.StartNew();
        var (first, second) = (Service.NewOrganization(), Service.NewOrganization());
        var cluster = await Cluster.StartAsync();
        await using var run = new MirrorRun(
            cluster,
            [
                await cluster.AddCallerAsync(first, "root", "admin"),
                await cluster.AddCallerAsync(first, "ann", "agent"),
                await cluster.AddCallerAsync(first, "ben", "agent"),
            ],
            await cluster.AddCallerAsync(second, "ann", "admin"),
            seed,
            goal);
        await run.RunAsync();
        return string.Create(CultureInfo.InvariantCulture, $"{run} in {watch.Elapsed.TotalSeconds:0} s");
    }

    public override string ToString()
    {
        var followers = callers.SelectMany(caller => caller.Followers).ToList();
        return $"Seed {seed}: {scene.Total} writes ("
            + string.Join(", ", scene.Done.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"))
            + $"), {followers.Count} mirrors, {followers.Sum(one => one.Mirror.Applied)} changes, "
            + $"{followers.Sum(one => one.Reconnects)} reconnects, {ledger.States} states";
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await cluster.DisposeAsync();
        end.Dispose();
    }

    private async Task RunAsync()
    {
        var following = callers.SelectMany(caller => caller.Followers.Select(follower =>
            Task.Run(() => follower.RunAsync(caller.Last.Task, end.Token)))).ToList();
        var writing = Enumerable.Range(0, Writers).Select(i =>
            Task.Run(() => new Writer(scene, Random(i)).RunAsync(goal, end.Token))).Append(Task.Run(KillAsync)).ToList();
        await AllOrFirstFailureAsync(writing, following);

        Assert.All(Stranger.Followers, follower => Assert.Equal(0, follower.Mirror.Applied));
        foreach (var organization in callers.GroupBy(caller => caller.Person.Organization))
        {
            var shared = await organization.First().Person.AddSharedAsync("The end");
            foreach (var caller in organization)
            {
                caller.Last.SetResult([shared, await caller.Person.AddContactAsync("My end")]);
            }
        }

        await AllOrFirstFailureAsync(following, []).WaitAsync(HangLimit);
        foreach (var caller in callers)
        {
            await caller.ShouldBeMirroredAsync(ledger);
        }
    }

    // By turns each instance and the database.
    private async Task KillAsync()
    {
        for (var next = WritesBetweenKills / 2; next < goal; next += WritesBetweenKills)
        {
            while (scene.Total < next)
            {
                await Task.Delay(10, end.Token);
            }

            await ((next / WritesBetweenKills % 3) switch
            {
                0 => cluster.RestartServiceAsync(0),
                1 => cluster.RestartDatabaseAsync(),
                _ => cluster.RestartServiceAsync(1),
            });
        }
    }

    // A failure ends everything: without its writers, a mirror would wait for ever.
    private static async Task AllOrFirstFailureAsync(IReadOnlyList<Task> awaited, IReadOnlyList<Task> others)
    {
        for (List<Task> rest = [.. awaited]; rest.Count > 0;)
        {
            var ended = await Task.WhenAny(rest.Concat(others));
            await ended;
            rest.Remove(ended);
        }
    }

    private Random Random(int number) => new(unchecked((seed * 7919) + number));
}

/// <summary>A caller with the mirrors that follow.</summary>
internal sealed record MirroredCaller(ClusterCaller Caller, IReadOnlyList<Follower> Followers)
{
    public Person Person => Caller.At(0);

    /// <summary>The ids of what is written last.</summary>
    public TaskCompletionSource<string[]> Last { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Requires that all mirrors, and a new one, are what both instances list.</summary>
    public async Task ShouldBeMirroredAsync(Ledger ledger)
    {
        var full = await FullRead.OfAsync(Person);
        foreach (var follower in Followers)
        {
            await follower.FinishAsync();
        }

        var first = new MirrorReader(Person);
        await first.FollowAsync(pageSize: 1000);
        var again = await FullRead.OfAsync(Caller.At(1));
        if (FullRead.Differences(full, again).Length > 0)
        {
            await ShouldBeMirroredAsync(ledger); // a write was executed late, whose instance or database had been killed
            return;
        }

        foreach (var (key, resource) in full)
        {
            ledger.Check(Person, key.Split(' ')[1], System.Text.Json.Nodes.JsonNode.Parse(resource)!);
        }

        foreach (var (name, mirror) in Followers.Select(one => ($"{one}", one.Mirror)).Append(("a first copy", first.Mirror)))
        {
            var differences = FullRead.Differences(full, mirror.Resources);
            Assert.True(differences.Length == 0, $"{name}:\n{differences}");
        }
    }
}
