using System.Text;

namespace ContactsService.Tests.Contacts;

/// <summary><c>custom</c>: attributes of the caller's own.</summary>
public class CustomAttributeTests(Service service)
{
    private const string Values = """{"crm":"Ab-7","n":1.50,"big":1E400,"vip":true,"old":false,"a:b.c_d-e":"","A":"x"}""";

    [Fact]
    public async Task Values_are_kept_as_they_are_spelt()
    {
        var ann = await service.AgentAsync();

        var joe = await AddAsync(ann, Values);

        Assert.Contains($"\"custom\":{Values}", joe.Text, StringComparison.Ordinal);
        Assert.Equal(joe.Text, (await ann.GetAsync(joe.Location!)).Text);
        Assert.Contains($"\"custom\":{Values}", (await ann.PutAsync(joe.Location!, joe.Text)).ShouldBe(200).Text, StringComparison.Ordinal);
        Assert.Contains(
            $"\"custom\":{Values}",
            (await ann.PatchAsync(joe.Location!, """{"title":"x"}""")).ShouldBe(200).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_changes_the_keys_that_it_names()
    {
        var ann = await service.AgentAsync();
        var joe = await AddAsync(ann, """{"a":1,"b":2,"c":3}""");

        var patched = await ann.PatchAsync(joe.Location!, """{"custom":{"a":null,"b":"x","d":4.0}}""");
        Assert.Equal("""{"b":"x","c":3,"d":4.0}""", patched.ShouldBe(200)["custom"]!.ToJsonString());
        Assert.Null((await ann.PatchAsync(joe.Location!, """{"custom":null}""")).ShouldBe(200)["custom"]);
    }

    [Theory]
    [InlineData("custom.crm=AB-7", true)]
    [InlineData("custom.crm=nope&custom.crm=ab-7", true)]
    [InlineData("custom.crm[startsWith]=a", true)]
    [InlineData("custom.crm[contains]=-7", true)]
    [InlineData("custom.n=1.50", true)]
    [InlineData("custom.n=1.5", false)]
    [InlineData("custom.big=1e400", true)]
    [InlineData("custom.vip=true", true)]
    [InlineData("custom.vip=TRUE", true)]
    [InlineData("custom.old=true", false)]
    [InlineData("custom.a:b.c_d-e=", true)]
    [InlineData("custom.a[exists]=true", false)]
    [InlineData("custom.A[exists]=true", true)]
    [InlineData("custom.old[exists]=true&custom.crm[ne]=7", true)]
    [InlineData("custom.gone[exists]=false", true)]
    [InlineData("custom.crm[ne]=ab-7", false)]
    [InlineData("custom.CRM=ab-7", false)]
    public async Task A_key_is_a_filter(string query, bool isFound)
    {
        var ann = await service.AgentAsync();
        await AddAsync(ann, Values);

        Assert.Equal(isFound ? 1 : 0, (await ann.GetAsync($"/contacts?{query}")).ShouldBe(200)["contacts"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_key_with_a_colon_is_not_taken_for_a_value_with_one()
    {
        var ann = await service.AgentAsync();
        await AddAsync(ann, """{"a":"b:c"}""");

        Assert.Empty((await ann.GetAsync("/contacts?custom.a:b=c")).ShouldBe(200)["contacts"]!.AsArray());
        Assert.Single((await ann.GetAsync("/contacts?custom.a=b:c")).ShouldBe(200)["contacts"]!.AsArray());
    }

    [Fact]
    public async Task Finds_organization_contacts_and_what_the_owner_says_of_a_person_of_the_directory()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var ben = await service.PersonAsync(admin.Organization, "ben", "agent");
        (await admin.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Taxi","custom":{"crm":7},"ownerId":"{{admin.Organization}}"}"""))
            .ShouldBe(201);
        var queue = (await admin.PostAsync("/queues", """{"name":"Billing"}""")).ShouldBe(201).Value("queueId");
        (await ann.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{queue}}","custom":{"crm":7} }""")).ShouldBe(201);
        (await ben.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{queue}}","custom":{"crm":8} }""")).ShouldBe(201);
        (await ben.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Mine","custom":{"crm":7} }""")).ShouldBe(201);

        Assert.Equal(["Billing", "Taxi"], (await ann.GetAsync("/contacts?custom.crm=7")).ShouldBe(200).Values("contacts", "displayName"));
        Assert.Equal(["Mine", "Taxi"], (await ben.GetAsync("/contacts?custom.crm=7")).ShouldBe(200).Values("contacts", "displayName"));
        Assert.Equal(
            ["Billing"], (await ben.GetAsync("/contacts?custom.crm=8&type=queue")).ShouldBe(200).Values("contacts", "displayName"));
        Assert.Equal(
            ["Billing"], (await ann.GetAsync("/contacts?custom.crm=7&ownerId=me")).ShouldBe(200).Values("contacts", "displayName"));
        Assert.Equal(["Taxi"], (await admin.GetAsync("/contacts?custom.crm=7")).ShouldBe(200).Values("contacts", "displayName"));
    }

    [Theory]
    [InlineData("""{"a b":1}""", "custom.a b")]
    [InlineData("""{"":1}""", "custom.")]
    [InlineData("""{"ä":1}""", "custom.ä")]
    [InlineData(
        """{"12345678901234567890123456789012345678901234567890123456789012345":1}""",
        "custom.12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("""{"a":[]}""", "custom.a")]
    [InlineData("""{"a":{}}""", "custom.a")]
    [InlineData("""{"a":"\u0000"}""", "custom.a")]
    [InlineData("[]", "custom")]
    [InlineData("\"x\"", "custom")]
    public async Task Refuses_and_names_the_member(string custom, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","custom":{{custom}}}"""))
            .ShouldBeProblem(400, "invalid-members", member);
    }

    [Fact]
    public async Task Takes_100_keys_and_no_more()
    {
        var ann = await service.AgentAsync();

        await AddAsync(ann, Keys(100));
        (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","custom":{{Keys(101)}}}"""))
            .ShouldBeProblem(400, "invalid-members", "custom");
    }

    [Theory]
    [InlineData("custom.=x", "custom.")]
    [InlineData("custom=x", "custom")]
    [InlineData("custom.a%20b=x", "custom.a b")]
    [InlineData("custom.x[gt]=1", "custom.x[gt]")]
    public async Task Refuses_a_filter_by_what_is_no_key(string query, string parameter)
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync($"/contacts?{query}")).ShouldBeProblem(400, "invalid-filter", parameter);
        (await ann.GetAsync("/contacts?sort=custom.x")).ShouldBeProblem(400, "invalid-filter", "sort");
    }

    private static string Keys(int count)
    {
        var json = new StringBuilder("{");
        for (var i = 0; i < count; i++)
        {
            json.Append(i == 0 ? "" : ",").Append($"\"k{i}\":{i}");
        }

        return json.Append('}').ToString();
    }

    private static async Task<Reply> AddAsync(Person person, string custom) =>
        (await person.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","custom":{{custom}}}""")).ShouldBe(201);
}
