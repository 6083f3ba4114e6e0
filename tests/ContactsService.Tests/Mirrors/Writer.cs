using System.Collections.Concurrent;

namespace ContactsService.Tests.Mirrors;

/// <summary>What all writers share: who writes, what there is, and how often each operation has succeeded.</summary>
internal sealed class WriterScene(Ledger ledger, OwnPools[] books, OrganizationPools organization)
{
    public Ledger Ledger => ledger;

    public OwnPools[] Books => books;

    public OrganizationPools Directory => organization;

    /// <summary>Of each operation, how often it has succeeded.</summary>
    public ConcurrentDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    public int Total => Done.Values.Sum();
}

/// <summary>A writer of random operations, through whichever instance answers.</summary>
internal sealed class Writer(WriterScene scene, Random random)
{
    private int instance = random.Next(2);

    public Random Random => random;

    public Ledger Ledger => scene.Ledger;

    public OrganizationPools Directory => scene.Directory;

    /// <summary>Writes until the goal is reached by all writers together.</summary>
    public async Task RunAsync(int goal, CancellationToken cancellationToken)
    {
        var own = new OwnWrites(this);
        var organization = new OrganizationWrites(this);
        while (scene.Total < goal)
        {
            cancellationToken.ThrowIfCancellationRequested();
            instance = random.Next(20) == 0 ? 1 - instance : instance;
            await (random.Next(5) < 3
                ? own.WriteAsync(scene.Books[random.Next(scene.Books.Length)])
                : organization.WriteAsync());
        }
    }

    /// <summary>Sends a write.</summary>
    /// <returns>The answer, which may be a refusal; null when nobody knows whether the write was executed.</returns>
    public async Task<Reply?> SendAsync(
        string operation, ClusterCaller caller, Write? write, HttpMethod method, string path, string? body = null,
        string mediaType = "application/json")
    {
        try
        {
            var reply = await caller.At(instance).SendAsync(method, path, body, [], mediaType);
            if ((int)reply.Status is >= 200 and < 300)
            {
                scene.Done.AddOrUpdate(operation, 1, (_, count) => count + 1);
                return reply;
            }

            if ((int)reply.Status != 503)
            {
                // What others have deleted meanwhile, such as the group or the directory entry.
                Assert.True((int)reply.Status is 400 or 403 or 404 or 409, $"{operation}: {(int)reply.Status} {reply.Text}");
                write?.Refuse();
                return reply;
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The instance was killed, or is starting.
        }

        instance = 1 - instance;
        await Task.Delay(100);
        return null;
    }
}
