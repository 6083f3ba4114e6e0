using Npgsql;

namespace ContactsService.Tests.Genesys;

public class GenesysAccessTests(Service service)
{
    [Fact]
    public async Task Accepts_a_token_as_the_password_of_its_user()
    {
        var ann = await service.AgentAsync();
        using var http = service.NewClient();

        var me = (await http.SendWithPasswordAsync("/api/v2/me", "ann", ann.Token)).ShouldBe(200);

        Assert.Equal("""{"statusCode":0,"user":{"id":"ann","userName":"ann","roles":["ROLE_AGENT"]}}""", me.Text);
        (await http.SendWithPasswordAsync("/api/v2/contacts", "ann", ann.Token)).ShouldBe(200);
        (await http.SendWithPasswordAsync("/api/v2/nowhere", "ann", ann.Token)).ShouldFail(404, 6);
        (await http.SendWithPasswordAsync("/api/v2/me", "ben", ann.Token)).ShouldFail(401, 20);
        (await http.SendWithPasswordAsync("/api/v2/me", "Ann", ann.Token)).ShouldFail(401, 20);
        (await http.SendWithPasswordAsync("/api/v2/me", "", ann.Token)).ShouldFail(401, 20);
        (await http.SendWithPasswordAsync("/api/v2/me", "ann", "wrong")).ShouldFail(401, 20);
        (await http.SendWithPasswordAsync("/api/v2/me", "ann", "")).ShouldFail(401, 20);
    }

    [Fact]
    public async Task Accepts_passwords_only_under_its_path()
    {
        var ann = await service.AgentAsync();
        using var http = service.NewClient();

        (await http.SendWithPasswordAsync("/contacts", "ann", ann.Token)).ShouldBeProblem(401, "unauthenticated");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !")]
    [InlineData("Basic YW5u")] // no colon
    [InlineData("Basic /w==")] // no UTF-8
    [InlineData("Digest x")]
    public async Task Refuses_unreadable_credentials(string authorization)
    {
        using var http = service.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/me");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        (await Reply.OfAsync(await http.SendAsync(request))).ShouldFail(401, 20);
    }

    [Fact]
    public async Task Returns_the_version_without_authentication()
    {
        using var http = service.NewClient();

        var reply = (await Reply.OfAsync(await http.GetAsync(new Uri("/api/v2/diagnostics/version", UriKind.Relative)))).ShouldBe(200);

        Assert.Equal(0, reply["statusCode"]!.GetValue<int>());
        Assert.Matches(@"^\d+\.\d+", reply.Value("version"));
    }

    [Fact]
    public async Task Returns_both_roles_of_an_admin()
    {
        var admin = await service.AdminAsync();

        Assert.Equal("""["ROLE_ADMIN","ROLE_AGENT"]""", (await admin.GetAsync("/api/v2/me"))["user"]!["roles"]!.ToJsonString());
    }

    [Fact]
    public async Task Creates_no_session_without_the_protection()
    {
        var ann = await service.AgentAsync();

        var headers = (await ann.GetAsync("/api/v2/me")).Headers.Keys;

        Assert.DoesNotContain("Set-Cookie", headers, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-CSRF-TOKEN", headers, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answers_preflights_of_other_origins_without_credentials()
    {
        using var http = service.NewClient();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v2/contacts/x")
        {
            Headers =
            {
                { "Origin", "https://desk.example" },
                { "Access-Control-Request-Method", "PUT" },
                { "Access-Control-Request-Headers", "authorization,contactcenterid,content-type,x-csrf-token" },
            },
        };

        var allowed = (await Reply.OfAsync(await http.SendAsync(preflight))).ShouldBe(204);

        Assert.Equal("*", allowed.Headers["Access-Control-Allow-Origin"]);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", allowed.Headers.Keys);
        Assert.Contains("PUT", allowed.Headers["Access-Control-Allow-Methods"].Split(','));
        Assert.Superset(
            new HashSet<string>(["authorization", "contactcenterid", "content-type", "x-csrf-token"], StringComparer.Ordinal),
            allowed.Headers["Access-Control-Allow-Headers"].Split(',').ToHashSet(StringComparer.Ordinal));
        using var call = new HttpRequestMessage(HttpMethod.Get, "/api/v2/nowhere") { Headers = { { "Origin", "https://desk.example" } } };
        var refused = (await Reply.OfAsync(await http.SendAsync(call))).ShouldFail(401, 20);
        Assert.Contains("X-CSRF-HEADER,X-CSRF-TOKEN", refused.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Demands_cookie_and_token_of_writes_with_the_protection()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Cors__Origins"] = "https://desk.example",
            ["Genesys__CsrfProtection"] = "true",
            ["Genesys__CsrfKey"] = "the same 32 characters everywhere",
        };
        await using var one = await ServiceProcess.StartAsync(settings);
        await using var other = await ServiceProcess.StartAsync(settings);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(one.Address) };
        using var otherHttp = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(other.Address) };
        var admin = await Service.PersonAsync(database, http, Service.NewOrganization(), "root", "admin");
        const string Body = """{"name":"Taxi"}""";
        const string Refusal = "Missing or invalid Csrf token";

        var me = (await admin.GetAsync("/api/v2/me")).ShouldBe(200);
        var setCookie = me.Headers["Set-Cookie"];
        Assert.Matches("^JSESSIONID=[0-9A-F]{32}; path=/api/v2; samesite=lax; httponly$", setCookie);
        Assert.Equal("X-CSRF-TOKEN", me.Headers["X-CSRF-HEADER"]);
        var token = ("X-CSRF-TOKEN", me.Headers["X-CSRF-TOKEN"]);
        var cookie = ("Cookie", setCookie.Split(';')[0]);

        (await admin.PostAsync("/api/v2/contacts", Body)).ShouldFail(403, 3, Refusal);
        (await admin.PostAsync("/api/v2/contacts", Body, cookie)).ShouldFail(403, 3, Refusal);
        (await admin.PostAsync("/api/v2/contacts", Body, token)).ShouldFail(403, 3, Refusal);
        (await admin.PostAsync("/api/v2/contacts", Body, cookie, ("X-CSRF-TOKEN", "x"))).ShouldFail(403, 3, Refusal);
        (await admin.PutAsync("/api/v2/contacts/x", Body, cookie)).ShouldFail(403, 3, Refusal);
        (await admin.DeleteAsync("/api/v2/contacts/x", cookie)).ShouldFail(403, 3, Refusal);
        (await admin.PostAsync("/api/v2/contacts", Body, cookie, token)).ShouldBe(201);

        // A page of another origin reads the token, and may have the browser send the cookie.
        var page = (await admin.GetAsync("/api/v2/me", ("Origin", "https://desk.example"))).ShouldBe(200);
        Assert.Equal("true", page.Headers["Access-Control-Allow-Credentials"]);
        Assert.Equal("https://desk.example", page.Headers["Access-Control-Allow-Origin"]);
        Assert.DoesNotContain(
            "Access-Control-Allow-Origin", (await admin.GetAsync("/api/v2/me", ("Origin", "https://other.example"))).Headers.Keys);

        // The session goes on: the same token, no new cookie; on the other instance, too. It is one caller's.
        var again = (await admin.GetAsync("/api/v2/contacts", cookie)).ShouldBe(200);
        Assert.False(again.Headers.ContainsKey("Set-Cookie"));
        Assert.Equal(token.Item2, again.Headers["X-CSRF-TOKEN"]);
        var there = new Person(otherHttp, admin.Organization, admin.User, admin.Token);
        (await there.PostAsync("/api/v2/contacts", Body, cookie, token)).ShouldBe(201);
        var somebody = await Service.PersonAsync(database, http, admin.Organization, "else", "admin");
        (await somebody.PostAsync("/api/v2/contacts", Body, cookie, token)).ShouldFail(403, 3, Refusal);
        (await admin.PostAsync("/contacts", """{"type":"Custom","name":"x"}""")).ShouldBe(201); // other doors are not concerned
    }
}
