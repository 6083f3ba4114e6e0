using System.Text.Json.Nodes;
using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>A bulk request does what its operations do one by one: the same answers, versions, users and contacts.</summary>
public class ScimBulkEquivalenceTests(Service service)
{
    private const int Requests = 12;
    private const int Operations = 40;

    private static readonly string[] Patches =
    [
        """{"op": "replace", "path": "title", "value": "Boss"}""",
        """{"op": "remove", "path": "title"}""",
        """{"op": "replace", "path": "active", "value": false}""",
        """{"op": "replace", "path": "active", "value": true}""",
        """{"op": "remove", "path": "externalId"}""",
        """{"op": "add", "path": "emails", "value": [{"value": "More@example.com", "type": "other"}]}""",
        """{"op": "remove", "path": "emails[type eq \"other\"]"}""",
        """{"op": "replace", "value": {"name": {"givenName": "Élodie", "familyName": "O\"Neil \\ {x}"}}}""",
        """{"op": "remove", "path": "userName"}""",
        """{"op": "replace", "path": "emails[type eq \"none\"].value", "value": "x"}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Does_what_the_operations_do_one_by_one(int seed)
    {
        var random = new Random(seed);
        var one = new Run(await service.AdminAsync());
        var bulk = new Run(await service.AdminAsync());

        for (var request = 0; request < Requests; request++)
        {
            var calls = new List<Call>();
            for (var i = 0; i < Operations; i++)
            {
                var call = Next(random, one);
                calls.Add(call);
                await one.ExecuteAsync(call);
            }

            Assert.Equal(one.Answers[^Operations..], await bulk.ExecuteAsync(calls));
        }

        Assert.Equal(
            ["200", "201", "204", "400", "404", "409", "412"],
            one.Answers.Select(answer => answer.Split(": ")[1][..3]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(await one.StoredAsync(service), await bulk.StoredAsync(service));
        Assert.Equal(0, await bulk.CountWrongTimesAsync(service));
    }

    private static Call Next(Random random, Run run)
    {
        var user = random.Next(10) == 0 || run.Users.Count == 0 ? null : (int?)run.Users[random.Next(run.Users.Count)];
        var version = user is null || random.Next(3) > 0 ? null : random.Next(4) switch
        {
            0 => "*",
            1 => "W/\"1\"",
            _ => run.ETags[user.Value],
        };
        return random.Next(10) switch
        {
            < 3 => new("POST", run.Count++, NewUser(random, run), null),
            < 6 => new("PUT", user, NewUser(random, run), version),
            < 9 => new("PATCH", user, Patch(NewPatch(random)), version),
            _ => new("DELETE", user, null, version),
        };
    }

    // Few names, so that they are often taken, and sometimes free again.
    private static string NewUser(Random random, Run run)
    {
        if (random.Next(20) == 0)
        {
            return random.Next(3) switch { 0 => User(""), 1 => User("x", """ "color": "red" """), _ => User(new string('ß', 300)) };
        }

        var more = new List<string> { $$""" "emails": [{"value": "u{{random.Next(9)}}@example.com", "type": "work", "primary": true}] """ };
        if (random.Next(3) == 0)
        {
            more.Add($$""" "externalId": "{{random.Next(6)}}" """);
        }

        if (random.Next(3) == 0)
        {
            more.Add($$""" "phoneNumbers": [{"value": "+1 555 01{{random.Next(99):00}}", "type": "work"}], "active": "true" """);
        }

        if (random.Next(4) == 0 && run.Users.Count > 0)
        {
            var manager = run.Users[random.Next(run.Users.Count)];
            more.Add($$""" "{{Enterprise}}": {"department": "R&D", "manager": {"value": "<{{manager}}>"} } """);
        }

        return User($"{(random.Next(2) == 0 ? "user" : "USER")}{random.Next(20)}", string.Join(",", more));
    }

    private static string NewPatch(Random random) => random.Next(4) switch
    {
        0 => $$"""{"op": "replace", "path": "userName", "value": "User{{random.Next(20)}}"}""",
        1 => $$"""{"op": "add", "path": "externalId", "value": "{{random.Next(6)}}"}""",
        _ => Patches[random.Next(Patches.Length)],
    };

    /// <param name="Method">The method.</param>
    /// <param name="User">The number of the user; null for one that nobody knows.</param>
    /// <param name="Data">The body, in which <c>&lt;3&gt;</c> is the id of user 3.</param>
    /// <param name="Version">The precondition.</param>
    private sealed record Call(string Method, int? User, string? Data, string? Version);

    /// <summary>An organization, whose users have numbers in the order in which they were asked for.</summary>
    private sealed class Run(Person admin)
    {
        private readonly Dictionary<int, string> ids = [];

        public int Count { get; set; }

        /// <summary>Those that were added, also when they have been deleted since.</summary>
        public List<int> Users { get; } = [];

        public Dictionary<int, string> ETags { get; } = [];

        public List<string> Answers { get; } = [];

        public async Task ExecuteAsync(Call call)
        {
            var path = call.Method == "POST" ? ScimCalls.Users : $"{ScimCalls.Users}/{Id(call.User)}";
            (string, string)[] headers = call.Version is null ? [] : [("If-Match", call.Version)];
            var reply = await admin.ScimAsync(call.Method, path, With(call.Data, Id), headers);
            var status = (int)reply.Status;
            if (status == 201)
            {
                Add(call.User!.Value, reply.Value("id"));
            }

            if (reply.ETag is not null)
            {
                ETags[call.User!.Value] = reply.ETag;
            }

            Answers.Add(Answer(call, status, reply.ETag, status < 300 ? null : reply.Json));
        }

        public async Task<List<string>> ExecuteAsync(List<Call> calls)
        {
            string Reference(int? user) =>
                calls.Exists(call => call.Method == "POST" && call.User == user) && user is not null ? $"bulkId:{user}" : Id(user);
            var operations = calls.Select(call => new JsonObject
            {
                ["method"] = call.Method,
                ["path"] = call.Method == "POST" ? "/Users" : $"/Users/{Reference(call.User)}",
                ["bulkId"] = call.Method == "POST" ? $"{call.User}" : null,
                ["version"] = call.Version,
                ["data"] = call.Data is null ? null : JsonNode.Parse(With(call.Data, Reference)!),
            });
            var body = new JsonObject
            {
                ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:BulkRequest"),
                ["Operations"] = new JsonArray([.. operations]),
            };
            var results = (await admin.ScimAsync("POST", "/scim/v2/Bulk", body.ToJsonString())).ShouldBe(200)["Operations"]!.AsArray();
            return [.. results.Zip(calls, Answer)];
        }

        /// <summary>Everything that is stored, without what differs between organizations.</summary>
        public async Task<List<string>> StoredAsync(Service service)
        {
            await using var find = service.Database.CreateCommand("""
                SELECT 'contact ' || (to_jsonb(c) - '{book_id,organization,owner_id,lookup,search,created,last_modified}'::text[])::text
                    || cardinality(lookup) || ' ' || length(search) FROM contact c WHERE organization = $1
                UNION ALL
                SELECT 'user ' || (to_jsonb(u) - '{book_id,organization,created,last_modified}'::text[])::text
                FROM directory_user u WHERE organization = $1
                UNION ALL
                SELECT 'book ' || revision FROM book WHERE organization = $1
                """);
            find.Parameters.Add(new() { Value = admin.Organization });
            await using var reader = await find.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
            {
                rows.Add(ids.Aggregate(
                    reader.GetString(0).Replace(admin.Organization, "organization", StringComparison.Ordinal),
                    (text, id) => text.Replace(id.Value, $"<{id.Key}>", StringComparison.Ordinal)));
            }

            return [.. rows.Order(StringComparer.Ordinal)];
        }

        /// <summary>Rows whose time is not later than that of the version before, or not that of the book or the contact.</summary>
        public async Task<long> CountWrongTimesAsync(Service service)
        {
            await using var find = service.Database.CreateCommand("""
                SELECT count(*)
                FROM (SELECT *, lag(last_modified) OVER (ORDER BY version) AS before FROM contact WHERE organization = $1) c
                JOIN book b ON b.book_id = c.book_id LEFT JOIN directory_user u ON u.book_id = c.book_id AND u.user_id = c.contact_id
                WHERE c.last_modified <= before OR c.last_modified > b.last_write OR c.created > c.last_modified
                   OR (u.created, u.last_modified, u.version) <> (c.created, c.last_modified, c.version)
                """);
            find.Parameters.Add(new() { Value = admin.Organization });
            return (long)(await find.ExecuteScalarAsync())!;
        }

        private string Answer(JsonNode? result, Call call)
        {
            var status = int.Parse(result!["status"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
            if (status == 201)
            {
                Add(call.User!.Value, result["location"]!.GetValue<string>().Split('/')[^1]);
            }
            else if (status < 300)
            {
                Assert.EndsWith($"/Users/{Id(call.User)}", result["location"]!.GetValue<string>(), StringComparison.Ordinal);
            }

            return Answer(call, status, result["version"]?.GetValue<string>(), result["response"]);
        }

        // Only the text of 404 differs.
        private static string Answer(Call call, int status, string? version, JsonNode? error) =>
            $"{call.Method} {call.User}: {status} {version} {(status == 404 ? "" : error?.ToJsonString())}";

        private void Add(int user, string id)
        {
            ids[user] = id;
            Users.Add(user);
        }

        private string Id(int? user) => user is { } number && ids.TryGetValue(number, out var id) ? id : "unknown";

        private static string? With(string? data, Func<int?, string> id)
        {
            if (data is null || data.IndexOf('<', StringComparison.Ordinal) is not (>= 0 and var start))
            {
                return data;
            }

            var end = data.IndexOf('>', start);
            var user = int.Parse(data[(start + 1)..end], System.Globalization.CultureInfo.InvariantCulture);
            return data[..start] + id(user) + data[(end + 1)..];
        }
    }
}
