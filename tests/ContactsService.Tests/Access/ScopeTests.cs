using System.Text.Json.Nodes;

namespace ContactsService.Tests.Access;

public class ScopeTests(Service service)
{
    [Theory]
    [InlineData("contacts.read", "GET", "/contacts", 200)]
    [InlineData("contacts.read", "GET", "/groups", 200)]
    [InlineData("contacts.read", "GET", "/changes?since=now", 200)]
    [InlineData("contacts.read", "GET", "/encrypt/Users/contacts", 200)]
    [InlineData("contacts.read", "POST", "/groups", 403)]
    [InlineData("contacts.read", "POST", "/bulk", 403)]
    [InlineData("contacts.read", "POST", "/encrypt/Users/groups", 403)]
    [InlineData("contacts.read", "GET", "/settings", 403)]
    [InlineData("contacts.read", "GET", "/tokens", 403)]
    [InlineData("contacts.read", "GET", "/webhooks", 403)]
    [InlineData("contacts.read", "GET", "/queues", 403)]
    [InlineData("contacts.write", "GET", "/contacts", 200)]
    [InlineData("contacts.write", "POST", "/groups", 201)]
    [InlineData("settings.read", "GET", "/settings", 200)]
    [InlineData("settings.read", "GET", "/contacts", 403)]
    [InlineData("directory.read", "GET", "/queues", 200)]
    [InlineData("directory.read", "POST", "/queues", 403)]
    [InlineData("tokens.read", "GET", "/tokens", 200)]
    [InlineData("tokens.read", "POST", "/tokens", 403)]
    [InlineData("webhooks.read", "GET", "/webhooks", 200)]
    [InlineData("webhooks.read", "POST", "/webhooks", 403)]
    public async Task Limits_what_a_token_may_do(string scope, string method, string path, int status)
    {
        var person = await ScopedAsync(scope);

        var reply = await person.SendAsync(new HttpMethod(method), path, method == "POST" ? """{"displayName":"x"}""" : null, []);

        reply.ShouldBe(status);
        if (status == 403)
        {
            reply.ShouldBeProblem(403, "insufficient-scope");
        }
    }

    [Fact]
    public async Task Limits_the_directory_in_the_shape_of_SCIM()
    {
        var reader = await ScopedAsync("directory.read");
        const string User = """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ann"}""";

        (await reader.GetAsync("/scim/v2/Users")).ShouldBe(200);
        (await reader.PostAsync("/scim/v2/Users/.search", """{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]}"""))
            .ShouldBe(200);
        var refused = (await reader.PostAsync("/scim/v2/Users", User)).ShouldBe(403);
        Assert.Contains("directory.write", refused.Value("detail"), StringComparison.Ordinal);
        (await (await ScopedAsync("contacts.write")).GetAsync("/scim/v2/Users")).ShouldBe(403);
        (await (await ScopedAsync("directory.write")).PostAsync("/scim/v2/Users", User)).ShouldBe(201);
    }

    [Fact]
    public async Task Never_widens_the_role()
    {
        var admin = await service.AdminAsync();
        var agent = await IssueAsync(admin, """{"user":"ann","role":"agent","scopes":["tokens.write","settings.write"]}""");

        (await agent.PutAsync("/settings", """{"region":"DE"}""")).ShouldBeProblem(403, "forbidden");
        (await agent.PostAsync("/tokens", """{"user":"bob","role":"agent"}""")).ShouldBeProblem(403, "forbidden");
    }

    [Fact]
    public async Task Are_not_gained_by_issuing_or_rotating_tokens()
    {
        var admin = await service.AdminAsync();
        var issuer = await IssueAsync(admin, """{"user":"root","role":"admin","scopes":["tokens.write","contacts.read"]}""");
        var unlimited = (await admin.PostAsync("/tokens", """{"user":"bob","role":"agent"}""")).ShouldBe(201).Value("tokenId");

        (await issuer.PostAsync("/tokens", """{"user":"bob","role":"agent"}""")).ShouldBeProblem(403, "insufficient-scope");
        (await issuer.PostAsync("/tokens", """{"user":"bob","role":"agent","scopes":["contacts.write"]}"""))
            .ShouldBeProblem(403, "insufficient-scope");
        (await issuer.PostAsync($"/tokens/{unlimited}/rotate", "{}")).ShouldBeProblem(403, "insufficient-scope");
        (await issuer.PostAsync("/tokens", """{"user":"bob","role":"agent","scopes":["contacts.read","tokens.read"]}""")).ShouldBe(201);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""["contacts"]""")]
    [InlineData("""["contacts.read","contacts.read"]""")]
    [InlineData("""["Contacts.Read"]""")]
    [InlineData("\"contacts.read\"")]
    public async Task Are_refused_when_unknown(string scopes)
    {
        var admin = await service.AdminAsync();

        (await admin.PostAsync("/tokens", $$"""{"user":"ann","role":"agent","scopes":{{scopes}}}"""))
            .ShouldBeProblem(400, "invalid-members", "scopes");
    }

    [Fact]
    public async Task Cover_every_route()
    {
        var admin = await service.AdminAsync();
        var all = await IssueAsync(admin, """
            {"user":"root","role":"admin","scopes":["contacts.write","directory.write","settings.write","tokens.write","webhooks.write"]}
            """);
        foreach (var document in (string[])["native", "webex", "genesys", "scim"])
        {
            var paths = (await admin.GetAsync($"/openapi/{document}.json")).ShouldBe(200)["paths"]!.AsObject();
            foreach (var (path, methods) in paths.Where(path => !path.Key.EndsWith("/stream", StringComparison.Ordinal)))
            {
                foreach (var method in methods!.AsObject().Select(method => method.Key.ToUpperInvariant()))
                {
                    var address = path.Replace("{orgId}", admin.Organization, StringComparison.Ordinal)
                        .Replace('{', '-').Replace('}', '-');
                    var reply = await all.SendAsync(new HttpMethod(method), address, method == "GET" ? null : "[]", []);
                    Assert.DoesNotContain("without scopes", reply.Text, StringComparison.Ordinal);
                }
            }
        }
    }

    private async Task<Person> ScopedAsync(string scope) =>
        await IssueAsync(await service.AdminAsync(), $$"""{"user":"root","role":"admin","scopes":["{{scope}}"]}""");

    private async Task<Person> IssueAsync(Person admin, string draft)
    {
        var issued = (await admin.PostAsync("/tokens", draft)).ShouldBe(201);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(draft)!["scopes"], issued["scopes"]), issued.Text);
        return new Person(service.NewClient(), admin.Organization, issued.Value("user"), issued.Value("token"));
    }
}
