namespace ContactsService.Tests.Contacts;

/// <summary><c>addresses</c>, and <c>addressInfo</c> as the preferred one of them.</summary>
public class ContactAddressTests(Service service)
{
    private const string Two = """[{"type":"home","city":"Köln"},{"type":"work","street":"1 Main St","city":"Austin","primary":true}]""";

    [Fact]
    public async Task AddressInfo_alone_is_the_only_address()
    {
        var ann = await service.AgentAsync();

        var joe = await AddAsync(ann, """ "addressInfo":{"city":"Oslo","country":"NO"} """);

        joe.ShouldHaveAddresses("""{"city":"Oslo","country":"NO"}""", """[{"city":"Oslo","country":"NO"}]""");
        (await ann.GetAsync(joe.Location!))
            .ShouldHaveAddresses("""{"city":"Oslo","country":"NO"}""", """[{"city":"Oslo","country":"NO"}]""");
    }

    [Theory]
    [InlineData(Two, """{"street":"1 Main St","city":"Austin"}""")]
    [InlineData("""[{"city":"Rome"},{"city":"Ulm","primary":false}]""", """{"city":"Rome"}""")]
    [InlineData("[]", null)]
    public async Task Addresses_alone_decide_addressInfo(string addresses, string? addressInfo)
    {
        var ann = await service.AgentAsync();

        (await AddAsync(ann, $"\"addresses\":{addresses}")).ShouldHaveAddresses(addressInfo, addresses);
    }

    [Fact]
    public async Task Both_may_be_sent_when_they_agree()
    {
        var ann = await service.AgentAsync();
        var joe = await AddAsync(ann, $"\"addresses\":{Two}");

        (await ann.PutAsync(joe.Location!, joe.Text)).ShouldHaveAddresses("""{"street":"1 Main St","city":"Austin"}""", Two);
        (await ann.PatchAsync(joe.Location!, joe.Text)).ShouldHaveAddresses("""{"street":"1 Main St","city":"Austin"}""", Two);
    }

    [Theory]
    [InlineData("""{"city":"Rome"}""")]
    [InlineData("{}")]
    public async Task Refuses_both_when_they_disagree(string addressInfo)
    {
        var ann = await service.AgentAsync();
        var both = $$"""{"contactType":"CUSTOM","displayName":"Joe","addresses":{{Two}},"addressInfo":{{addressInfo}}}""";
        var joe = await AddAsync(ann, "\"title\":\"x\"");

        (await ann.PostAsync("/contacts", both)).ShouldBeProblem(400, "invalid-members", "addressInfo");
        (await ann.PatchAsync(joe.Location!, both)).ShouldBeProblem(400, "invalid-members", "addressInfo");
    }

    [Theory]
    [InlineData(
        """{"addressInfo":{"city":"Ulm","street":null}}""",
        """{"city":"Ulm"}""",
        """[{"type":"home","city":"Köln"},{"type":"work","city":"Ulm","primary":true}]""")]
    [InlineData("""{"addressInfo":null}""", """{"city":"Köln"}""", """[{"type":"home","city":"Köln"}]""")]
    [InlineData("""{"addresses":[{"city":"Rome"}]}""", """{"city":"Rome"}""", """[{"city":"Rome"}]""")]
    [InlineData("""{"addresses":[{"city":"Rome"}],"addressInfo":{"city":"Rome"}}""", """{"city":"Rome"}""", """[{"city":"Rome"}]""")]
    [InlineData("""{"addresses":null,"addressInfo":{"city":"Rome"}}""", """{"city":"Rome"}""", """[{"city":"Rome"}]""")]
    [InlineData("""{"addresses":null}""", null, null)]
    [InlineData("""{"addresses":[]}""", null, "[]")]
    [InlineData("""{"title":"x"}""", """{"street":"1 Main St","city":"Austin"}""", Two)]
    public async Task A_patch_changes_what_it_names(string patch, string? addressInfo, string? addresses)
    {
        var ann = await service.AgentAsync();
        var joe = await AddAsync(ann, $"\"addresses\":{Two}");

        (await ann.PatchAsync(joe.Location!, patch)).ShouldHaveAddresses(addressInfo, addresses);
    }

    [Fact]
    public async Task A_patch_of_addressInfo_sets_the_only_address_and_unsets_it()
    {
        var ann = await service.AgentAsync();
        var joe = await AddAsync(ann, "\"title\":\"x\"");

        (await ann.PatchAsync(joe.Location!, """{"addressInfo":{"city":"Rome"}}"""))
            .ShouldHaveAddresses("""{"city":"Rome"}""", """[{"city":"Rome"}]""");
        (await ann.PatchAsync(joe.Location!, """{"addressInfo":null}""")).ShouldHaveAddresses(null, null);
    }

    [Theory]
    [InlineData("addresses.city=KÖLN", true)]
    [InlineData("addresses.city=austin&addresses.city=rome", true)]
    [InlineData("addresses.city=köln&addresses.street=1%20main%20st", true)]
    [InlineData("addresses.city[startsWith]=kö", true)]
    [InlineData("addresses.city[contains]=USTI", true)]
    [InlineData("addresses.street[exists]=true", true)]
    [InlineData("addresses.zipCode[exists]=false", true)]
    [InlineData("addressInfo.city=austin", true)]
    [InlineData("addressInfo.city=köln", false)]
    [InlineData("addresses.city=1%20Main%20St", false)]
    [InlineData("addresses.state=köln", false)]
    [InlineData("addresses.city[ne]=köln", false)]
    [InlineData("addresses.country[exists]=true", false)]
    public async Task Any_address_is_found_by_its_parts(string query, bool isFound)
    {
        var ann = await service.AgentAsync();
        await AddAsync(ann, $"\"addresses\":{Two}");

        Assert.Equal(isFound ? 1 : 0, (await ann.GetAsync($"/contacts?{query}")).ShouldBe(200)["contacts"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""[{"planet":"x"}]""", "addresses[0].planet")]
    [InlineData("""[{"city":5}]""", "addresses[0].city")]
    [InlineData("""[{"primary":"yes"}]""", "addresses[0].primary")]
    [InlineData("""["x"]""", "addresses[0]")]
    [InlineData("{}", "addresses")]
    public async Task Refuses_and_names_the_member(string addresses, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","addresses":{{addresses}}}"""))
            .ShouldBeProblem(400, "invalid-members", member);
        (await ann.GetAsync("/contacts?addresses.planet=x")).ShouldBeProblem(400, "invalid-filter", "addresses.planet");
    }

    private static async Task<Reply> AddAsync(Person person, string members) =>
        (await person.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe",{{members}}}""")).ShouldBe(201);
}

internal static class AddressReplies
{
    public static void ShouldHaveAddresses(this Reply reply, string? addressInfo, string? addresses)
    {
        Assert.True((int)reply.Status is 200 or 201, reply.Text);
        Assert.Equal((addressInfo, addresses), (reply["addressInfo"]?.ToJsonString(Plain), reply["addresses"]?.ToJsonString(Plain)));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
