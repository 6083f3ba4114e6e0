using System.Net.Http.Headers;
using ContactsService.Access;

namespace ContactsService.Tests.Access;

public class TokenTests(Service service)
{
    [Fact]
    public async Task Is_shown_once_kept_hashed_listed_and_revoked()
    {
        var admin = await service.AdminAsync();
        var issued = (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent","name":"desk","days":2}""")).ShouldBe(201);
        var ann = new Person(service.NewClient(), admin.Organization, "ann", issued.Value("token"));

        (await ann.GetAsync("/contacts")).ShouldBe(200);
        var listed = await ListAfterUseAsync(admin);
        Assert.DoesNotContain(issued.Value("token"), listed.Text, StringComparison.Ordinal);
        var mine = listed["tokens"]!.AsArray().Single(token => token!["user"]!.GetValue<string>() == "ann")!;
        Assert.Equal("desk", mine["name"]!.GetValue<string>());
        Assert.NotNull(mine["lastUsed"]);
        await using var stored = service.Database.CreateCommand("SELECT count(*) FROM api_token WHERE token_hash = $1");
        stored.Parameters.Add(new() { Value = ApiToken.Hash(issued.Value("token")) });
        Assert.Equal(1L, await stored.ExecuteScalarAsync());

        (await admin.DeleteAsync(issued.Location!)).ShouldBe(204);
        (await ann.GetAsync("/contacts")).ShouldBeProblem(401, "unauthenticated");
        (await admin.DeleteAsync(issued.Location!)).ShouldBeProblem(404, "not-found");
        Assert.DoesNotContain(issued.Value("token"), service.Log, StringComparison.Ordinal);
    }

    // The use is noted beside the request.
    private static async Task<Reply> ListAfterUseAsync(Person admin)
    {
        while (true)
        {
            var listed = (await admin.GetAsync("/tokens")).ShouldBe(200);
            if (listed["tokens"]!.AsArray().All(token => token!["lastUsed"] is not null))
            {
                return listed;
            }

            await Task.Delay(20);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer contacts_unknown")]
    [InlineData("Basic YW5uOng=")]
    [InlineData("contacts_unknown")]
    public async Task Is_required(string? header)
    {
        using var http = service.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        var reply = (await Reply.OfAsync(await http.SendAsync(request))).ShouldBeProblem(401, "unauthenticated");
        Assert.Equal("Bearer", reply.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task Is_validated_again_when_a_connection_sends_another_token()
    {
        using var connection = service.NewClient(connections: 1);
        var one = await service.AgentAsync();
        var other = await service.AgentAsync();
        foreach (var person in (Person[])[one, other])
        {
            await person.AddContactAsync(person.Organization);
        }

        async Task<Reply> AskAsync(string authorization)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts");
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
            return await Reply.OfAsync(await connection.SendAsync(request));
        }

        foreach (var person in (Person[])[one, one, other, one, other, other])
        {
            var contacts = (await AskAsync($"Bearer {person.Token}")).ShouldBe(200)["contacts"]!.AsArray();
            Assert.Equal(person.Organization, Assert.Single(contacts)!["displayName"]!.GetValue<string>());
        }

        (await AskAsync($"Bearer {other.Token}x")).ShouldBeProblem(401, "unauthenticated");
        (await AskAsync($"Bearer {other.Token[..^1]}")).ShouldBeProblem(401, "unauthenticated");
        (await AskAsync(other.Token)).ShouldBeProblem(401, "unauthenticated");
        using var without = new HttpRequestMessage(HttpMethod.Get, "/contacts");
        (await Reply.OfAsync(await connection.SendAsync(without))).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task Ends_when_it_expires()
    {
        var ann = await service.AgentAsync();
        await using var expire = service.Database.CreateCommand("UPDATE api_token SET expires = now() WHERE organization = $1");
        expire.Parameters.Add(new() { Value = ann.Organization });
        await expire.ExecuteNonQueryAsync();

        (await ann.GetAsync("/contacts")).ShouldBe(401);
    }

    [Fact]
    public async Task Is_issued_by_admins_only()
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/tokens", """{"user":"bob","role":"admin"}""")).ShouldBeProblem(403, "forbidden");
        (await ann.DeleteAsync($"/tokens/{Guid.NewGuid()}")).ShouldBeProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"role":"agent"}""", "user")]
    [InlineData("""{"user":"a b","role":"agent"}""", "user")]
    [InlineData("""{"user":"ann","role":"king"}""", "role")]
    [InlineData("""{"user":"ann","role":"agent","days":0}""", "days")]
    [InlineData("""{"user":"ann","role":"agent","days":99999}""", "days")]
    [InlineData("""{"user":"ann","role":"agent","days":"x"}""", "days")]
    public async Task Refuses_drafts_that_break_a_rule(string json, string member)
    {
        var admin = await service.AdminAsync();

        (await admin.PostAsync("/tokens", json)).ShouldBeProblem(400, "invalid-members", member);
        (await admin.PostAsync("/tokens", $$"""{"user":"{{admin.Organization}}","role":"agent"}"""))
            .ShouldBeProblem(400, "invalid-members", "user");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Is_printed_by_the_command()
    {
        var settings = new Dictionary<string, string?>(
            StringComparer.Ordinal)
        { ["ConnectionStrings__Contacts"] = await TestDatabase.CreateAsync() };

        var (code, output, _) = await ServiceProcess.RunAsync(
            ["token", "--organization", "acme", "--user", "ann", "--role", "agent", "--days", "30"], settings);
        Assert.Equal(0, code);
        Assert.Matches("^contacts_[A-Za-z0-9_-]{43}\n$", output);
        var (wrong, nothing, usage) = await ServiceProcess.RunAsync(["token", "--organization", "acme", "--user", "ann"], settings);
        Assert.Equal((2, ""), (wrong, nothing));
        Assert.Contains("--role", usage, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData("Development", "http://127.0.0.1", null, 200)]
    [InlineData("Development", "http://127.0.0.1", "evil.example", 401)]
    [InlineData("Development", "http://0.0.0.0", null, 401)]
    [InlineData("Production", "http://127.0.0.1", null, 401)]
    public async Task Is_optional_only_in_development_on_loopback(string environment, string address, string? host, int status)
    {
        var port = ServiceProcess.FreePort();
        await using var process = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal)
            {
                ["ConnectionStrings__Contacts"] = await TestDatabase.CreateAsync(),
                ["ASPNETCORE_URLS"] = $"{address}:{port}",
            },
            environment);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Host = host;

        (await Reply.OfAsync(await http.GetAsync("/contacts"))).ShouldBe(status);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "contacts_unknown");
        (await Reply.OfAsync(await http.GetAsync("/contacts"))).ShouldBe(401);
    }
}
