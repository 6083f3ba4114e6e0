using Npgsql;

namespace ContactsService.Tests.Webex;

public class WebexListTests(Service service)
{
    private const string Contacts = "/encrypt/Users/contacts";
    private const string Key = "\"encryptionKeyUrl\":\"kms://host/keys/1\"";

    [Fact]
    public async Task Answers_an_unchanged_book_with_304()
    {
        var ann = await service.AgentAsync();
        var empty = (await ann.GetAsync(Contacts)).ShouldBe(200).ETag!;
        (await ann.GetAsync(Contacts, ("If-None-Match", empty))).ShouldBe(304);
        var id = (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"eyJa",{{Key}}}"""))
            .ShouldBe(201).Value("contactId");

        var changed = (await ann.GetAsync(Contacts, ("If-None-Match", empty))).ShouldBe(200).ETag!;
        (await ann.GetAsync(Contacts, ("If-None-Match", changed))).ShouldBe(304);
        (await ann.GetAsync("/contacts", ("If-None-Match", changed))).ShouldBe(200);
        (await ann.DeleteAsync($"{Contacts}/{id}")).ShouldBe(204);
        (await ann.GetAsync(Contacts, ("If-None-Match", changed))).ShouldBe(200);
    }

    [Fact]
    public async Task Is_found_after_two_slashes()
    {
        var ann = await service.AgentAsync();

        Assert.Equal("""{"contacts":[],"groups":[]}""", (await ann.GetAsync($"{service.Address}{Contacts}")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Contains_the_whole_book()
    {
        var ann = await service.AgentAsync();
        await Parallel.ForAsync(
            0,
            1_200,
            async (i, _) => (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"eyJ{{i}}",{{Key}}}""")).ShouldBe(
                201));

        Assert.Equal(1_200, (await ann.GetAsync(Contacts)).ShouldBe(200)["contacts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("GET", "/contacts")]
    [InlineData("POST", "/contacts")]
    [InlineData("DELETE", "/contacts/x")]
    [InlineData("POST", "/groups")]
    [InlineData("DELETE", "/groups/x")]
    public async Task Answers_preflights_of_other_origins_without_a_token(string method, string path)
    {
        using var http = service.NewClient();
        const string Asked = "authorization,cisco-device-url,cisco-no-http-redirect,content-type,spark-user-agent,trackingid";
        using var preflight = new HttpRequestMessage(HttpMethod.Options, $"/encrypt/Users{path}")
        {
            Headers =
            {
                { "Origin", "https://phone.example" },
                { "Access-Control-Request-Method", method },
                { "Access-Control-Request-Headers", Asked },
            },
        };
        var allowed = (await Reply.OfAsync(await http.SendAsync(preflight))).ShouldBe(204);
        Assert.Equal("*", allowed.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains(method, allowed.Headers["Access-Control-Allow-Methods"].Split(','));
        Assert.Empty(Asked.Split(',').Except(allowed.Headers["Access-Control-Allow-Headers"].Split(',')));

        using var call = new HttpRequestMessage(
            new(method), $"/encrypt/Users{path}")
        { Headers = { { "Origin", "https://phone.example" } } };
        var refused = (await Reply.OfAsync(await http.SendAsync(call))).ShouldBe(401);
        Assert.Equal("*", refused.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("trackingid", refused.Headers["Access-Control-Expose-Headers"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("DELETE", "/encrypt/Users/contacts/", 405)]
    [InlineData("GET", "/encrypt/nowhere", 404)]
    [InlineData("POST", "/encrypt/Users/contacts", 415)]
    [InlineData("GET", "/identity/scim/o/v2/nowhere", 404)]
    [InlineData("PUT", "/identity/scim/o/v2/Users", 405)]
    public async Task Lets_pages_of_other_origins_read_errors(string method, string path, int status)
    {
        var ann = await service.AgentAsync();

        var refused = (await ann.SendAsync(new(method), path, "x", [("Origin", "https://phone.example")], "text/plain")).ShouldBe(status);

        Assert.Equal("*", refused.Headers["Access-Control-Allow-Origin"]);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public async Task Serves_the_directory_under_its_prefix()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var process = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Webex__Prefix"] = "/contact/api/v1",
        });
        using var http = new HttpClient { BaseAddress = new Uri(process.Address) };
        var root = await Service.PersonAsync(database, http, "acme", "root", "admin");
        (await root.GetAsync("/contact/api/v1/encrypt/Users/contacts")).ShouldBe(200);
        const string Users = "/contact/api/v1/identity/scim/acme/v2/Users";

        var added = (await root.PostAsync(Users, """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe"}"""))
            .ShouldBe(201);

        Assert.Equal($"{process.Address}{Users}/{added.Value("id")}", added.Location);
        (await root.GetAsync($"/identity/scim/acme/v2/Users/{added.Value("id")}")).ShouldBe(200);
        Assert.Single((await root.GetAsync($"{Users}?filter=id%20eq%20%22{added.Value("id")}%22")).ShouldBe(200)["Resources"]!.AsArray());
        var refused = (await root.GetAsync("/contact/api/v1/identity/scim/other/v2/Users", ("Origin", "https://phone.example")))
            .ShouldBe(404);
        Assert.Equal("application/scim+json", refused.Headers["Content-Type"]);
        Assert.Equal("*", refused.Headers["Access-Control-Allow-Origin"]);
        (await root.GetAsync("/contact/api/v1/contacts")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Does_not_open_the_native_API_to_other_origins()
    {
        using var http = service.NewClient();
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/contacts")
        {
            Headers = { { "Origin", "https://phone.example" }, { "Access-Control-Request-Method", "GET" } },
        };

        var reply = await Reply.OfAsync(await http.SendAsync(preflight));

        Assert.DoesNotContain("Access-Control-Allow-Origin", reply.Headers.Keys);
    }

    [Fact]
    public async Task Makes_a_second_session_of_an_empty_book_wait_for_the_first_group()
    {
        var ann = await service.AgentAsync();
        await ann.GetAsync(Contacts, ("trackingid", "webex-js-sdk_first_1"));
        var second = ann.GetAsync(Contacts, ("trackingid", "webex-js-sdk_second_1"));
        await ann.GetAsync(Contacts, ("trackingid", "webex-js-sdk_first_2"));
        (await ann.PostAsync("/encrypt/Users/groups", $$"""{"displayName":"eyJg",{{Key}}}""", ("trackingid", "webex-js-sdk_first_3")))
            .ShouldBe(201);

        Assert.Single((await second).ShouldBe(200)["groups"]!.AsArray());
    }

    [Fact]
    public async Task Does_not_make_sessions_of_an_empty_book_wait_for_long()
    {
        var ann = await service.AgentAsync();
        await ann.GetAsync(Contacts, ("trackingid", "webex-js-sdk_first_1"));

        var lists = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ann.GetAsync(Contacts, ("trackingid", $"webex-js-sdk_s{i}_1"))));

        Assert.All(lists, list => list.ShouldBe(200)); // whoever waits beyond the time of an answer gets 503
    }

    [Fact]
    public async Task Lets_other_sessions_wait_for_the_first_group_of_a_list_that_was_read_often()
    {
        var ann = await service.AgentAsync();
        for (var i = 0; i < 4; i++)
        {
            var gone = $$"""{"contactType":"CLOUD","contactId":"gone-{{i}}","displayName":"{{new string('x', 100)}}"}""";
            (await ann.PostAsync("/contacts", gone)).ShouldBe(201);
            (await ann.GetAsync("/encrypt/Users/contacts")).ShouldBe(200);
            (await ann.GetAsync("/encrypt/Users/contacts")).ShouldBe(200);
        }

        (await ann.GetAsync("/encrypt/Users/contacts", ("trackingid", "webex-js-sdk_first_1"))).ShouldBe(200);
        var other = ann.GetAsync("/encrypt/Users/contacts", ("trackingid", "webex-js-sdk_other_1"));
        var group = """{"displayName":"eyJ","groupType":"NORMAL","encryptionKeyUrl":"kms://host/keys/1"}""";
        (await ann.PostAsync("/encrypt/Users/groups", group, ("trackingid", "webex-js-sdk_first_2"))).ShouldBe(201);

        Assert.Single((await other).ShouldBe(200)["groups"]!.AsArray());
    }
}
