using System.Text.Json.Nodes;

namespace ContactsService.Tests.Contacts;

public class ContactRulesTests(Service service)
{
    public static TheoryData<string, string> Refused => new()
    {
        { """{"displayName":"x"}""", "contactType" },
        { """{"contactType":"FOO","displayName":"x"}""", "contactType" },
        { """{"contactType":"CUSTOM"}""", "displayName" },
        { """{"contactType":"CUSTOM","displayName":""}""", "displayName" },
        { """{"contactType":"CUSTOM","displayName":null}""", "displayName" },
        { """{"contactType":"CUSTOM","displayName":7}""", "displayName" },
        { """{"contactType":"CUSTOM","encryptionKeyUrl":"k"}""", "displayName" },
        { """{"contactType":"CUSTOM","encryptionKeyUrl":"k","firstName":"eyJabc"}""", "displayName" },
        { """{"contactType":"CLOUD"}""", "contactId" },
        { """{"contactType":"CLOUD","contactId":"q","type":"queue","userName":"q"}""", "userName" },
        { """{"contactType":"CLOUD","contactId":"q","type":"queue","employeeId":"1"}""", "employeeId" },
        { """{"contactType":"CLOUD","contactId":"a b"}""", "contactId" },
        { """{"contactType":"CLOUD","contactId":"é"}""", "contactId" },
        { """{"contactType":"CLOUD","contactId":"x","type":"Custom"}""", "type" },
        { """{"contactType":"CUSTOM","displayName":"x","type":"User"}""", "type" },
        { """{"contactType":"CUSTOM","displayName":"x","type":"Robot"}""", "type" },
        { """{"contactType":"CUSTOM","displayName":"x","nickName":"y"}""", "nickName" },
        { """{"contactType":"CUSTOM","displayName":"x","addressInfo":{"planet":"y"}}""", "addressInfo.planet" },
        { """{"contactType":"CUSTOM","displayName":"x","emails":[{"value":"y","kind":"z"}]}""", "emails[0].kind" },
        { """{"contactType":"CUSTOM","displayName":"x","emails":[{"type":"work"}]}""", "emails[0].value" },
        { """{"contactType":"CUSTOM","displayName":"x","emails":["a@b.c"]}""", "emails[0]" },
        { """{"contactType":"CUSTOM","displayName":"x","emails":"a@b.c"}""", "emails" },
        { """{"contactType":"CUSTOM","displayName":"x","phoneNumbers":{}}""", "phoneNumbers" },
        { """{"contactType":"CUSTOM","displayName":"x","addressInfo":[]}""", "addressInfo" },
        { """{"contactType":"CUSTOM","displayName":"x","isMigration":"yes"}""", "isMigration" },
        { """{"contactType":"CUSTOM","displayName":"x","name":"y"}""", "name" },
        { """{"contactType":"CUSTOM","displayName":"x","contactId":"a","id":"b"}""", "id" },
        { """{"contactType":"CUSTOM","displayName":"x","phoneNumber":"1","phoneNumbers":[{"value":"2"}]}""", "phoneNumber" },
        { """{"contactType":"CUSTOM","displayName":"x","groups":["nope"]}""", "groups" },
        { """{"contactType":"CUSTOM","displayName":"x","groups":["01a1fc76-19e5-75ab-9845-8599ddf5a9ed"]}""", "groups" },
        { """{"contactType":"CUSTOM","displayName":"x","ownerId":"somebody-else"}""", "ownerId" },
        { """{"contactType":"CUSTOM","displayName":"x","userName":"joej"}""", "userName" },
        { """{"contactType":"CUSTOM","displayName":"a\u0000b"}""", "displayName" },
        { """{"contactType":"CUSTOM","displayName":"a\ud800b"}""", "displayName" },
        { """{"contactType":"CUSTOM","displayName":"a\udc00b"}""", "displayName" },
        { """{"contactType":"CUSTOM","displayName":"x","emails":[{"value":"\ud83d"}]}""", "emails[0].value" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refuses_and_names_the_member(string json, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/contacts", json)).ShouldBeProblem(400, "invalid-members", member);

        (await ann.GetAsync("/contacts")).ShouldBe(200)["contacts"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"x","displayName":"y"}""")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"x",}""")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"x","a\ud800":1}""")]
    public async Task Refuses_bodies_that_are_not_a_json_object(string body)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/contacts", body)).ShouldBeProblem(400, "invalid-json");
    }

    [Theory]
    [InlineData("{\"x\":")]
    [InlineData("[")]
    public async Task Names_the_maximum_depth_of_a_body(string open)
    {
        var ann = await service.AgentAsync();

        var tooDeep = (await ann.PostAsync("/contacts", string.Concat(Enumerable.Repeat(open, 33)) + "1"))
            .ShouldBeProblem(400, "invalid-json");
        var broken = (await ann.PostAsync("/contacts", string.Concat(Enumerable.Repeat(open, 32)) + "x"))
            .ShouldBeProblem(400, "invalid-json");

        Assert.Equal("The body is nested more than 32 levels deep.", tooDeep.Value("detail"));
        Assert.StartsWith("The body is not valid JSON near line 1", broken.Value("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=bogus")]
    [InlineData("application/json-patch+json")]
    public async Task Refuses_other_media_types(string mediaType)
    {
        var ann = await service.AgentAsync();

        (await ann.SendAsync(HttpMethod.Post, "/contacts", """{"contactType":"CUSTOM","displayName":"x"}""", [], mediaType))
            .ShouldBeProblem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Keeps_strings_exactly()
    {
        var ann = await service.AgentAsync();
        var text = "  eyJhbGciOi..\t\u00e9 e\u0301 \U0001F600 \u2028 <b>&'\"\\ ";

        var created = (await ann.PostAsync("/contacts", new JsonObject
        {
            ["contactType"] = "CUSTOM",
            ["displayName"] = text,
            ["emails"] = new JsonArray(new JsonObject { ["type"] = "", ["value"] = "not an address", ["primary"] = false }),
        }.ToJsonString())).ShouldBe(201);

        Assert.Equal(text, created.Value("displayName"));
        var read = (await ann.GetAsync(created.Location!)).ShouldBe(200);
        Assert.Equal(text, read.Value("displayName"));
        Assert.Equal("""[{"type":"","value":"not an address","primary":false}]""", read["emails"]!.ToJsonString());
    }

    [Fact]
    public async Task Accepts_at_most_16384_characters()
    {
        var ann = await service.AgentAsync();

        var longest = string.Concat(Enumerable.Repeat("\U0001F600", 16_384 / 2)) + new string('x', 16_384 / 2);
        var draft = new JsonObject { ["contactType"] = "CUSTOM", ["displayName"] = longest, ["lastName"] = new string('y', 16_384) };
        var created = (await ann.PostAsync("/contacts", draft.ToJsonString())).ShouldBe(201);
        Assert.Equal(longest, created.Value("displayName"));
        (await ann.PostAsync(
            "/contacts", new JsonObject { ["contactType"] = "CUSTOM", ["displayName"] = new string('x', 16_385) }.ToJsonString()))
            .ShouldBeProblem(400, "invalid-members", "displayName");
    }

    [Fact]
    public async Task Accepts_at_most_100_entries()
    {
        var ann = await service.AgentAsync();
        string Json(int count) => $$"""{"contactType":"CUSTOM","displayName":"x","phoneNumbers":[{{Points(count)}}]}""";
        string Points(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"value":"{{i}}"}"""));

        (await ann.PostAsync("/contacts", Json(100))).ShouldBe(201);
        (await ann.PostAsync("/contacts", Json(101))).ShouldBeProblem(400, "invalid-members", "phoneNumbers");
    }

    [Fact]
    public async Task Accepts_at_most_256_KiB()
    {
        var ann = await service.AgentAsync();
        string Json(int bytes)
        {
            const string Begin = """{"contactType":"CUSTOM","displayName":"x"}""";
            return Begin + new string(' ', bytes - Begin.Length);
        }

        (await ann.PostAsync("/contacts", Json(256 * 1024))).ShouldBe(201);
        (await ann.PostAsync("/contacts", Json((256 * 1024) + 1))).ShouldBeProblem(413, "body-too-large");
    }

    [Fact]
    public async Task Refuses_contacts_too_large_to_be_sent_back()
    {
        var ann = await service.AgentAsync();
        string Json(int faces) => $$"""
            {"contactType":"CUSTOM","contactId":"ann","displayName":"x",
             "firstName":"{{Faces(faces)}}","lastName":"{{Faces(faces)}}"}
            """;
        string Faces(int count) => string.Concat(Enumerable.Repeat("\U0001F600", count));

        (await ann.PostAsync("/contacts", Json(12_000))).ShouldBeProblem(413, "body-too-large");
        var taken = (await ann.PostAsync("/contacts", Json(10_000))).ShouldBe(201);
        (await ann.PutAsync("/contacts/ann", taken.Text)).ShouldBe(200);
        (await ann.PatchAsync("/contacts/ann", """{"title":"x"}""")).ShouldBe(200);
    }

    [Theory]
    [InlineData("""{"dispalyName":null}""", "dispalyName")]
    [InlineData("""{"addressInfo":{"foo":null}}""", "addressInfo.foo")]
    [InlineData("""{"phoneNumber":"1","phoneNumbers":[{"value":"2"}]}""", "phoneNumber")]
    public async Task Refuses_a_patch_and_names_the_member(string patch, string member)
    {
        var ann = await service.AgentAsync();
        var joe = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe","addressInfo":{"city":"Oslo"}}"""))
            .ShouldBe(201);

        (await ann.PatchAsync(joe.Location!, patch)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal(joe.Text, (await ann.GetAsync(joe.Location!)).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Accepts_an_alias_with_the_same_value_in_other_escapes()
    {
        var ann = await service.AgentAsync();
        var joe = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe"}""")).ShouldBe(201);

        Assert.Equal(
            "A", (await ann.PatchAsync(joe.Location!, """{"name":"\u0041","displayName":"A"}""")).ShouldBe(200).Value("displayName"));
    }

    [Fact]
    public async Task Accepts_the_example_of_the_Genesys_page()
    {
        var admin = await service.AdminAsync();

        var created = (await admin.PostAsync("/contacts", """{"name": "Some Contact", "type": "Custom", "phoneNumber": "xxx-xxx-xxxx"}"""))
            .ShouldBe(201);

        Assert.Equal("Some Contact", created.Value("displayName"));
        Assert.Equal("CUSTOM", created.Value("contactType"));
        Assert.Equal("""[{"value":"xxx-xxx-xxxx"}]""", created["phoneNumbers"]!.ToJsonString());
        Assert.Equal(["Some Contact"], (await admin.GetAsync("/contacts?type=custom")).ShouldBe(200).Values("contacts", "displayName"));
    }

    [Fact]
    public async Task Accepts_the_examples_of_the_Webex_guide()
    {
        var ann = await service.AgentAsync();

        var custom = (await ann.PostAsync(
            "/contacts", """{"displayName":"John Doe","contactType":"CUSTOM","phoneNumber":[{"type":"work","value":"+1987987521"}]}"""))
            .ShouldBe(201);
        var cloud = (await ann.PostAsync("/contacts", """{"contactId":"bd8c0601-e2d6-48ff-8559-72fec60131ad","contactType":"CLOUD"}"""))
            .ShouldBe(201);

        Assert.Equal("+1987987521", custom["phoneNumbers"]![0]!["value"]!.GetValue<string>());
        Assert.Equal("bd8c0601-e2d6-48ff-8559-72fec60131ad", cloud.Value("contactId"));
    }

    [Fact]
    public async Task Accepts_what_was_read_and_never_returns_null()
    {
        var ann = await service.AgentAsync();
        var created = (await ann.PostAsync(
            "/contacts", """{"contactType":"CLOUD","contactId":"c-1","firstName":"Joe","lastName":null,"addressInfo":{"city":null}}"""))
            .ShouldBe(201);

        Assert.DoesNotContain("null", created.Text, StringComparison.Ordinal);
        var put = (await ann.PutAsync("/contacts/c-1", created.Text)).ShouldBe(200);
        Assert.Equal("Joe", put.Value("firstName"));
        Assert.False(put["resolved"]!.GetValue<bool>());
        Assert.Equal(created["meta"]!["created"]!.ToString(), put["meta"]!["created"]!.ToString());
    }
}
