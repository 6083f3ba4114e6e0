using System.Text.Json.Nodes;
using ContactsService.Access;

namespace ContactsService.Tests.Changes;

/// <summary>What tests of the feed do again and again.</summary>
internal static class ChangeCalls
{
    /// <summary>A page of changes after a token; everything without one.</summary>
    public static async Task<Reply> ChangesAsync(this Person person, string? since = null, string more = "") =>
        (await person.GetAsync(since is null ? $"/changes?{more.TrimStart('&')}" : $"/changes?since={since}{more}")).ShouldBe(200);

    /// <summary>The token behind everything there is.</summary>
    public static async Task<string> NowAsync(this Person person) => (await person.ChangesAsync("now")).Value("nextToken");

    /// <summary>
    /// All pages after a token, each change in a few words, and the last token. Between two pages, what is given here happens.
    /// </summary>
    public static async Task<(List<JsonNode> Changes, string Token)> FollowAsync(
        this Person person, string? since = null, int pageSize = 100, Func<int, Task>? between = null)
    {
        var changes = new List<JsonNode>();
        for (var page = 1; ; page++)
        {
            var reply = await person.ChangesAsync(since, $"&pageSize={pageSize}");
            changes.AddRange(reply["changes"]!.AsArray().Select(change => change!));
            since = reply.Value("nextToken");
            if (!reply["more"]!.GetValue<bool>())
            {
                return (changes, since);
            }

            await (between?.Invoke(page) ?? Task.CompletedTask);
        }
    }

    /// <summary>Changes after a token in their order, such as <c>put Joe|delete 01a1…</c>.</summary>
    public static async Task<string> TextsAsync(this Person person, string since) => Texts((await person.FollowAsync(since)).Changes);

    /// <summary>Ends the access token of a person behind the back of the service, as another instance would.</summary>
    public static async Task EndTokenAsync(this Service service, Person person, string sql)
    {
        await using var end = service.Database.CreateCommand(sql);
        end.Parameters.Add(new() { Value = ApiToken.Hash(person.Token) });
        Assert.Equal(1, await end.ExecuteNonQueryAsync());
    }

    /// <summary>Each change in a few words.</summary>
    public static string Texts(IEnumerable<JsonNode> changes) => string.Join('|', changes.Select(change =>
        $"{change["op"]} {(change["contact"] ?? change["group"])?["displayName"] ?? change["id"]}"));
}

/// <summary>What somebody has who applies all changes: the resources by kind and id.</summary>
internal sealed class Copy
{
    private readonly Dictionary<(string Kind, string Id), string> resources = [];

    public void Apply(IEnumerable<JsonNode> changes)
    {
        foreach (var change in changes)
        {
            var key = (change["kind"]!.GetValue<string>(), change["id"]!.GetValue<string>());
            if (change["op"]!.GetValue<string>() == "put")
            {
                resources[key] = (change["contact"] ?? change["group"])!.ToJsonString();
            }
            else
            {
                resources.Remove(key);
            }
        }
    }

    /// <summary>Requires that it is exactly what the lists show.</summary>
    public async Task ShouldBeWhatIsListedAsync(Person person)
    {
        var contacts = new List<string>();
        var groups = new List<string>();
        for (string? path = "/contacts?pageSize=1000"; path is not null;)
        {
            var reply = (await person.GetAsync(path)).ShouldBe(200);
            contacts.AddRange(reply["contacts"]!.AsArray().Select(contact => contact!.ToJsonString()));
            groups.AddRange(reply["groups"]?.AsArray().Select(group => group!.ToJsonString()) ?? []);
            path = reply["nextPageToken"] is { } token ? $"/contacts?pageSize=1000&pageToken={token}" : null;
        }

        Assert.Equal(contacts.Order(StringComparer.Ordinal), Of("contact"));
        Assert.Equal(groups.Order(StringComparer.Ordinal), Of("group"));
    }

    private IEnumerable<string> Of(string kind) =>
        resources.Where(resource => resource.Key.Kind == kind).Select(resource => resource.Value).Order(StringComparer.Ordinal);
}
