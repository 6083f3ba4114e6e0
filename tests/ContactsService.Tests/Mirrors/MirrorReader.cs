using System.Text.Json.Nodes;

namespace ContactsService.Tests.Mirrors;

/// <summary>Keeps a mirror by GET /changes, as slowly, quickly and forgetfully as it is told.</summary>
internal sealed class MirrorReader(Person caller)
{
    private readonly List<string> tokens = []; // all that were seen since the mirror was empty

    public Mirror Mirror { get; } = new(caller);

    /// <summary>Reads a page after the latest token.</summary>
    /// <returns>True when there are more.</returns>
    public async Task<bool> ReadPageAsync(int pageSize, Func<JsonNode, bool>? receives = null)
    {
        var since = tokens.Count == 0 ? "" : $"&since={tokens[^1]}";
        var reply = (await caller.GetAsync($"/changes?pageSize={pageSize}{since}")).ShouldBe(200);
        var changes = reply["changes"]!.AsArray().Select(change => change!).ToList();
        Assert.True(changes.Count <= pageSize, $"{changes.Count} changes");
        Mirror.Apply([.. changes.Where(receives ?? (_ => true))]);
        var next = reply.Value("nextToken");
        Assert.InRange(next.Length, 1, 280);
        tokens.Add(next);
        return reply["more"]!.GetValue<bool>();
    }

    /// <summary>Reads on until there is nothing more.</summary>
    public async Task FollowAsync(int pageSize, Func<JsonNode, bool>? receives = null)
    {
        while (await ReadPageAsync(pageSize, receives))
        {
            // the next page
        }
    }

    /// <summary>Goes back to an earlier token, as after the loss of all later ones.</summary>
    public void GoBack(int which)
    {
        if (tokens.Count > 0)
        {
            tokens.Add(tokens[which % tokens.Count]);
        }
    }

    /// <summary>Begins again with nothing.</summary>
    public void StartAgain()
    {
        tokens.Clear();
        Mirror.Clear();
    }
}
