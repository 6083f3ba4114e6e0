using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.Mirrors;

/// <summary>
/// Keeps a mirror while others write: by pages or by the stream, now from this instance and now from that, and after each failure from the
/// last token that it has got. Each change must be true.
/// </summary>
internal sealed class Follower(ClusterCaller caller, Ledger ledger, Random random)
{
    private readonly Dictionary<(string Id, string Field), int> numbers = [];
    private readonly List<string> tokens = [];
    private int instance = random.Next(2);

    /// <summary>How it reads, such as <c>pageSize=3</c> or <c>wait=2</c>; null for the stream.</summary>
    public string? Query { get; init; }

    public Mirror Mirror { get; } = new(caller.At(0));

    /// <summary>How often it has gone on elsewhere, from an earlier token, or again from the beginning.</summary>
    public int Reconnects { get; private set; }

    public override string ToString() => $"{caller.User} of {caller.Organization} by {Query ?? "the stream"}";

    /// <summary>Follows until all these resources have come, which are written last.</summary>
    public async Task RunAsync(Task<string[]> last, CancellationToken cancellationToken)
    {
        while (!await HasAsync(last))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await (Query is null ? StreamAsync(last, cancellationToken) : ReadPageAsync(Query));
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException)
            {
                // The instance was killed, or is starting.
                await Task.Delay(100, cancellationToken);
                Reconnect();
            }
        }
    }

    /// <summary>Reads what is left, from the last token.</summary>
    public async Task FinishAsync()
    {
        while (await ReadPageAsync(Query is null or "wait=2" ? "pageSize=100" : Query))
        {
            // the next page
        }
    }

    /// <returns>True when there are more.</returns>
    private async Task<bool> ReadPageAsync(string query)
    {
        var since = tokens.Count == 0 ? "" : $"&since={tokens[^1]}";
        var reply = await caller.At(instance).GetAsync($"/changes?{query}{since}");
        if ((int)reply.Status == 503)
        {
            await Task.Delay(100);
            Reconnect();
            return true;
        }

        var changes = reply.ShouldBe(200)["changes"]!.AsArray().Select(change => change!).ToList();
        changes.ForEach(change => ledger.Check(caller.At(0), change, numbers));
        Mirror.Apply(changes);
        tokens.Add(reply.Value("nextToken"));
        if (changes.Count == 0)
        {
            await Task.Delay(50);
        }

        if (random.Next(30) == 0)
        {
            Reconnect();
        }

        return reply["more"]!.GetValue<bool>();
    }

    // Reads the stream until it ends, or for a while.
    private async Task StreamAsync(Task<string[]> last, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/changes/stream");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (tokens.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", tokens[^1]);
        }

        using var response = await caller.At(instance).OpenAsync(request);
        if ((int)response.StatusCode != 200)
        {
            Assert.Equal(503, (int)response.StatusCode);
            throw new IOException("The instance has no database.");
        }

        var rest = random.Next(10, 400);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            var change = JsonNode.Parse(item.Data)!;
            ledger.Check(caller.At(0), change, numbers);
            Mirror.Apply(change);
            tokens.Add(item.EventId!);
            if (--rest == 0 || await HasAsync(last))
            {
                break;
            }
        }

        Reconnect();
    }

    private async Task<bool> HasAsync(Task<string[]> last) => last.IsCompleted && (await last).All(id => Mirror.Has("contact", id));

    private void Reconnect()
    {
        Reconnects++;
        instance = random.Next(2);
        if (random.Next(20) == 0)
        {
            tokens.Clear();
            Mirror.Clear();
        }
        else if (random.Next(4) == 0 && tokens.Count > 0)
        {
            tokens.Add(tokens[random.Next(tokens.Count)]); // as if all later ones had been lost
        }
    }
}
