using ContactsService.Tests.Scim;
using Npgsql;

namespace ContactsService.Tests.Access.Oidc;

public class AccessTokenTests(IdentityProvider provider) : IClassFixture<IdentityProvider>
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Theory]
    [InlineData("", "ann", "agent")]
    [InlineData("&user=root&roles=boss", "root", "admin")]
    [InlineData("&user=bob&roles=other%20desk", "bob", "agent")]
    public async Task Stands_for_the_user_and_role_of_its_claims(string parameters, string user, string role)
    {
        var token = await provider.IssueAsync(parameters);

        var contacts = (await provider.AskAsync(token, "/contacts?ownerId=me")).ShouldBe(200);

        Assert.Equal(user, contacts["groups"]![0]!["ownerId"]!.GetValue<string>());
        (await provider.AskAsync(token, "/queues")).ShouldBe(role == "admin" ? 200 : 403);
    }

    [Theory]
    [InlineData("&roles=other")]
    [InlineData("&org=initech")]
    [InlineData("&user=a%20b")]
    [InlineData("&user=acme")]
    public async Task Is_refused_without_a_role_user_and_organization_that_are_allowed(string parameters) =>
        (await provider.AskAsync(await provider.IssueAsync(parameters))).ShouldBe(401);

    [Fact]
    public async Task Is_limited_by_its_scopes()
    {
        var token = await provider.IssueAsync("&scope=contacts.read&roles=boss");

        (await provider.AskAsync(token, "/contacts")).ShouldBe(200);
        (await provider.AskAsync(token, "/tokens")).ShouldBeProblem(403, "insufficient-scope");
    }

    [Fact]
    public async Task Is_refused_when_a_claim_or_the_header_is_wrong()
    {
        (await provider.AskAsync(await provider.ForgeAsync())).ShouldBe(200);
        foreach (var (header, claims) in (List<(object? Header, object? Claims)>)
        [
            (null, new { exp = Now - 60 }),
            (null, new { exp = (long?)null }),
            (null, new { nbf = Now + 600 }),
            (null, new { aud = "urn:strangers" }),
            (null, new { aud = (string?)null }),
            (null, new { iss = "https://issuer.example" }),
            (null, new { iss = provider.Issuer + "/" }),
            (null, new { client_id = (string?)null }),
            (null, new { jti = (string?)null }),
            (null, new { org = "initech" }),
            (null, new { org = (string[])["acme"] }),
            (null, new { user = "" }),
            (new { typ = "JWT" }, null),
            (new { typ = "id_token" }, null),
            (new { typ = (string?)null }, null),
        ])
        {
            (await provider.AskAsync(await provider.ForgeAsync(header, claims))).ShouldBe(401);
        }
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("public")]
    [InlineData("stranger")]
    public async Task Is_refused_unless_the_issuer_has_signed_it(string by)
    {
        (await provider.AskAsync(await provider.ForgeAsync(by: by))).ShouldBe(401);
        (await provider.AskAsync(await provider.ForgeAsync(header: new { kid = (string?)null }, by: by))).ShouldBe(401);
    }

    [Fact]
    public async Task Is_refused_when_it_was_changed()
    {
        var parts = (await provider.IssueAsync()).Split('.');
        var admin = (await provider.IssueAsync("&roles=boss&user=root")).Split('.');

        foreach (var token in (string[])
        [
            $"{parts[0]}.{admin[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}", $"{parts[0]}..{parts[2]}",
            "..", "a.b.c",
        ])
        {
            (await provider.AskAsync(token)).ShouldBe(401);
        }
    }

    [Fact]
    public async Task Is_taken_after_the_keys_were_rotated_and_floods_of_unknown_keys_read_them_seldom()
    {
        (await provider.AskAsync(await provider.IssueAsync())).ShouldBe(200);
        var before = await provider.CountKeyRequestsAsync();
        var old = await provider.ForgeAsync(claims: new { jti = "old" });
        var flood = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => provider.ForgeAsync(header: new { kid = $"unknown-{i}" })));
        var replies = await Task.WhenAll(flood.Select(token => provider.AskAsync(token)));
        Assert.All(replies, reply => Assert.Equal(401, (int)reply.Status));
        Assert.InRange(await provider.CountKeyRequestsAsync() - before, 0, 5);

        await provider.RotateAsync();
        await Task.Delay(TimeSpan.FromSeconds(2.2), TestContext.Current.CancellationToken); // KeyRefreshSeconds

        (await provider.AskAsync(await provider.IssueAsync())).ShouldBe(200);
        (await provider.AskAsync(old)).ShouldBe(401);
    }

    [Fact]
    public async Task Is_refused_as_soon_as_its_user_is_deactivated_or_all_tokens_of_the_user_are_revoked()
    {
        await using var database = NpgsqlDataSource.Create(provider.Connection);
        using var http = new HttpClient { BaseAddress = new Uri(provider.Address) };
        var admin = await Service.PersonAsync(database, http, "globex", "root", "admin");
        var token = await provider.IssueAsync("&user=eve&org=globex");
        var elsewhere = await provider.IssueAsync("&user=eve&org=acme");
        (await provider.AskAsync(token)).ShouldBe(200);

        var id = await admin.AddUserIdAsync("eve");
        (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch("""
            {"op": "replace", "path": "active", "value": false}
            """))).ShouldBe(200);
        (await provider.AskAsync(token)).ShouldBe(401);
        (await provider.AskAsync(elsewhere)).ShouldBe(200);
        (await admin.ScimAsync("PATCH", $"{ScimCalls.Users}/{id}", ScimCalls.Patch("""
            {"op": "replace", "path": "active", "value": true}
            """))).ShouldBe(200);
        (await provider.AskAsync(token)).ShouldBe(200);

        (await admin.DeleteAsync("/tokens?user=eve")).ShouldBe(204);
        (await provider.AskAsync(token)).ShouldBe(401);
        (await provider.AskAsync(await provider.ForgeAsync(claims: new { user = "eve", org = "globex", iat = Now + 60 }))).ShouldBe(200);
    }

    [Fact]
    public async Task Is_not_logged()
    {
        var token = await provider.IssueAsync("&org=initech");

        (await provider.AskAsync(token)).ShouldBe(401);

        Assert.DoesNotContain(token.Split('.')[1], provider.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_what_Swagger_UI_logs_in_for_with_PKCE()
    {
        var document = (await provider.AskAsync(await provider.IssueAsync(), "/openapi.json")).ShouldBe(200);
        var scheme = document["components"]!["securitySchemes"]!["OpenIdConnect"]!;
        Assert.Equal("openIdConnect", scheme["type"]!.GetValue<string>());
        Assert.Equal($"{provider.Issuer}/.well-known/openid-configuration", scheme["openIdConnectUrl"]!.GetValue<string>());

        var page = (await provider.AskAsync("", "/swagger/index.js")).ShouldBe(200);
        Assert.Matches("\"?clientId\"?: ?\"swagger\"", page.Text);
        Assert.Matches("\"?usePkceWithAuthorizationCodeGrant\"?: ?true", page.Text);
    }
}
