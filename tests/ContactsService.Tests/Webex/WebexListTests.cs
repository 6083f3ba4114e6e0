using System.Diagnostics;

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
        var id = (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"eyJa",{{Key}}}""")).ShouldBe(201).Value("contactId");

        var changed = (await ann.GetAsync(Contacts, ("If-None-Match", empty))).ShouldBe(200).ETag!;
        (await ann.GetAsync(Contacts, ("If-None-Match", changed))).ShouldBe(304);
        (await ann.GetAsync("/contacts", ("If-None-Match", changed))).ShouldBe(200);
        (await ann.DeleteAsync($"{Contacts}/{id}")).ShouldBe(204);
        (await ann.GetAsync(Contacts, ("If-None-Match", changed))).ShouldBe(200);
    }

    [Fact]
    public async Task Is_found_behind_two_slashes()
    {
        var ann = await service.AgentAsync();

        Assert.Equal("""{"contacts":[],"groups":[]}""", (await ann.GetAsync($"{service.Address}{Contacts}")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Has_everything_in_one_answer()
    {
        var ann = await service.AgentAsync();
        await Parallel.ForAsync(0, 1_200, async (i, _) => (await ann.PostAsync(Contacts, $$"""{"contactType":"CUSTOM","displayName":"eyJ{{i}}",{{Key}}}""")).ShouldBe(201));

        Assert.Equal(1_200, (await ann.GetAsync(Contacts)).ShouldBe(200)["contacts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("GET", "/contacts")]
    [InlineData("POST", "/contacts")]
    [InlineData("DELETE", "/contacts/x")]
    [InlineData("POST", "/groups")]
    [InlineData("DELETE", "/groups/x")]
    public async Task Lets_pages_of_other_sites_ask_without_a_token(string method, string path)
    {
        using var http = service.NewClient();
        const string Asked = "authorization,cisco-device-url,cisco-no-http-redirect,content-type,spark-user-agent,trackingid";
        using var preflight = new HttpRequestMessage(HttpMethod.Options, $"/encrypt/Users{path}")
        {
            Headers = { { "Origin", "https://phone.example" }, { "Access-Control-Request-Method", method }, { "Access-Control-Request-Headers", Asked } },
        };
        var allowed = (await Reply.OfAsync(await http.SendAsync(preflight))).ShouldBe(204);
        Assert.Equal("*", allowed.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains(method, allowed.Headers["Access-Control-Allow-Methods"].Split(','));
        Assert.Empty(Asked.Split(',').Except(allowed.Headers["Access-Control-Allow-Headers"].Split(',')));

        using var call = new HttpRequestMessage(new(method), $"/encrypt/Users{path}") { Headers = { { "Origin", "https://phone.example" } } };
        var refused = (await Reply.OfAsync(await http.SendAsync(call))).ShouldBe(401);
        Assert.Equal("*", refused.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("trackingid", refused.Headers["Access-Control-Expose-Headers"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Is_no_open_door_to_the_native_one()
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
        (await ann.PostAsync("/encrypt/Users/groups", $$"""{"displayName":"eyJg",{{Key}}}""", ("trackingid", "webex-js-sdk_first_3"))).ShouldBe(201);

        Assert.Single((await second).ShouldBe(200)["groups"]!.AsArray());
    }

    [Fact]
    public async Task Does_not_make_sessions_of_an_empty_book_wait_for_long()
    {
        var ann = await service.AgentAsync();
        await ann.GetAsync(Contacts, ("trackingid", "webex-js-sdk_first_1"));
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ann.GetAsync(Contacts, ("trackingid", $"webex-js-sdk_s{i}_1"))));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.2, 3.5);
    }
}
