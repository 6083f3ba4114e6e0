using System.Globalization;
using ContactsService.Tests.Scim;

namespace ContactsService.Tests.Mirrors;

/// <summary>A user, a queue or a CUSTOM contact of the organization that somebody may write.</summary>
internal sealed record PoolEntry(string Id, string Type);

/// <summary>What the organization has and no writer is writing at the moment.</summary>
internal sealed class OrganizationPools(ClusterCaller admin)
{
    public ClusterCaller Admin => admin;

    public Pool<PoolEntry> Users { get; } = new();

    public Pool<PoolEntry> Queues { get; } = new();

    public Pool<PoolEntry> Shared { get; } = new();

    /// <summary>A user or a queue; null when there is none.</summary>
    public PoolEntry? Any(Random random) => random.Next(3) == 0 ? Queues.Peek(random) : Users.Peek(random);
}

/// <summary>Random writes of the organization's book, by SCIM, the native API and the Genesys API.</summary>
internal sealed class OrganizationWrites(Writer writer)
{
    private const string PatchMedia = "application/merge-patch+json";
    private const string ScimMedia = "application/scim+json";

    private Random Random => writer.Random;

    private OrganizationPools Pools => writer.Directory;

    public Task WriteAsync() => Random.Next(16) switch
    {
        0 => AddUserAsync(),
        1 => AddUsersAsync(),
        2 or 3 => PatchUserAsync("rename user", "displayName", write => $"\"User {write.Text}\""),
        4 or 5 => PatchUserAsync("patch user", "title", write => $"\"{write.Text}\""),
        6 or 7 => PatchUserAsync("switch user", "active", _ => Random.Next(2) == 0 ? "true" : "false"),
        8 => DeleteAsync("delete user", Pools.Users, "/scim/v2/Users"),
        9 => AddAsync("add queue", Pools.Queues, "Queue", "/queues", "queueId", write => $$"""{"name":"Queue {{write.Text}}"}"""),
        10 => ChangeAsync("patch queue", Pools.Queues, "/queues", HttpMethod.Patch, "name"),
        11 => DeleteAsync("delete queue", Pools.Queues, "/queues"),
        12 => AddAsync("add shared", Pools.Shared, "Custom", "/contacts", "contactId", write =>
            $$"""{"contactType":"CUSTOM","ownerId":"{{Pools.Admin.Organization}}","displayName":"Shared {{write.Text}}"}"""),
        13 => AddAsync("add by Genesys", Pools.Shared, "Custom", "/api/v2/contacts", "contact", write =>
            $$"""{"name":"Genesys {{write.Text}}","type":"Custom"}"""),
        14 => Random.Next(2) == 0
            ? ChangeAsync("patch shared", Pools.Shared, "/contacts", HttpMethod.Patch, "displayName")
            : ChangeAsync("put by Genesys", Pools.Shared, "/api/v2/contacts", HttpMethod.Put, "name"),
        _ => Random.Next(2) == 0
            ? DeleteAsync("delete shared", Pools.Shared, "/contacts")
            : DeleteAsync("delete by Genesys", Pools.Shared, "/api/v2/contacts"),
    };

    private Task AddUserAsync() => AddAsync(
        "add user", Pools.Users, "User", "/scim/v2/Users", "id",
        write => ScimCalls.User(
            string.Create(CultureInfo.InvariantCulture, $"user{write.Number}"), $$""" "displayName": "User {{write.Text}}" """));

    private async Task AddUsersAsync()
    {
        Write[] writes = [.. Enumerable.Range(0, 3).Select(_ => Begin(null))];
        var operations = writes.Select(write =>
            $$"""{"method":"POST","path":"/Users","bulkId":"{{write.Number}}","data":{{User(write)}} }""");
        var reply = await SendAsync(
            "add users by SCIM bulk", null, HttpMethod.Post, "/scim/v2/Bulk",
            $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{{string.Join(',', operations)}}]}
            """,
            ScimMedia);
        if ((int?)reply?.Status == 200)
        {
            foreach (var (write, location) in writes.Zip(reply.Values("Operations", "location")))
            {
                write.Id = location.Split('/')[^1];
                Pools.Users.Add(new(write.Id, "User"));
            }
        }

        static string User(Write write) => ScimCalls.User(
            string.Create(CultureInfo.InvariantCulture, $"user{write.Number}"), $$""" "displayName": "User {{write.Text}}" """);
    }

    private Task PatchUserAsync(string operation, string path, Func<Write, string> value) => ChangeAsync(
        operation, Pools.Users, "/scim/v2/Users", HttpMethod.Patch,
        write => ScimCalls.Patch($$"""{"op":"replace","path":"{{path}}","value":{{value(write)}} }"""), ScimMedia,
        mayHide: path == "active");

    private Task ChangeAsync(string operation, Pool<PoolEntry> pool, string path, HttpMethod method, string member) => ChangeAsync(
        operation, pool, path, method, write => $$"""{"{{member}}":"Changed {{write.Text}}"}""",
        method == HttpMethod.Patch ? PatchMedia : "application/json", mayHide: false);

    private async Task ChangeAsync(
        string operation, Pool<PoolEntry> pool, string path, HttpMethod method, Func<Write, string> body, string media, bool mayHide)
    {
        if (pool.Take(Random) is not { } entry)
        {
            return;
        }

        if (mayHide)
        {
            writer.Ledger.AllowDeletion(Pools.Admin.Organization, Pools.Admin.Organization, entry.Id);
        }

        var write = Begin(entry.Id);
        if (await SendAsync(operation, write, method, $"{path}/{entry.Id}", body(write), media) is not null)
        {
            pool.Add(entry);
        }
    }

    private async Task AddAsync(
        string operation, Pool<PoolEntry> pool, string type, string path, string idMember, Func<Write, string> body)
    {
        var write = Begin(null);
        var reply = await SendAsync(
            operation, write, HttpMethod.Post, path, body(write), type == "User" ? ScimMedia : "application/json");
        if ((int?)reply?.Status == 201)
        {
            write.Id = idMember == "contact" ? (string)reply["contact"]!["id"]! : reply.Value(idMember);
            pool.Add(new(write.Id, type));
        }
    }

    private async Task DeleteAsync(string operation, Pool<PoolEntry> pool, string path)
    {
        if (pool.Take(Random) is { } entry)
        {
            writer.Ledger.AllowDeletion(Pools.Admin.Organization, Pools.Admin.Organization, entry.Id);
            await SendAsync(operation, null, HttpMethod.Delete, $"{path}/{entry.Id}", null, "application/json");
        }
    }

    private Task<Reply?> SendAsync(string operation, Write? write, HttpMethod method, string path, string? body, string media) =>
        writer.SendAsync(operation, Pools.Admin, write, method, path, body, media);

    private Write Begin(string? id) => writer.Ledger.Begin(Pools.Admin.Organization, Pools.Admin.Organization, id);
}
