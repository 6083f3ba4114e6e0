namespace ContactsService.Tests.Filtering;

public class FilterContactsTests(Service service)
{
    private static readonly string[] People =
    [
        """
        {"contactType":"CUSTOM","displayName":"Ärger, Åsa","firstName":"Åsa","lastName":"Ärger",
         "phoneNumbers":[{"value":"+1 (987) 987-521"},{"value":"555"}],"addressInfo":{"city":"KÖLN"}}
        """,
        """
        {"contactType":"CUSTOM","displayName":"Joe Johnson","firstName":"Joe","lastName":"Johnson",
         "emails":[{"value":"Joe@Example.com"}],"isMigration":true,"title":"a,b"}
        """,
        """
        {"contactType":"CUSTOM","displayName":"joanna STRASSE","firstName":"Joanna","lastName":"Straße",
         "sipAddresses":[{"value":"sip:jo@x"}]}
        """,
        """{"contactType":"CLOUD","contactId":"cloud-1","type":"Queue"}""",
    ];

    [Theory]
    [InlineData("firstName=joe&lastName=JOHNSON", "Joe Johnson")]
    [InlineData("firstName=Joe&lastName=Johnson&userName=joej", "")]
    [InlineData("lastName=strasse", "joanna STRASSE")]
    [InlineData("lastName=%C3%A4RGER", "Ärger, Åsa")]
    [InlineData("lastName[startsWith]=jo", "Joe Johnson")]
    [InlineData("displayName[contains]=%C3%85SA", "Ärger, Åsa")]
    [InlineData("name=joe%20johnson", "Joe Johnson")]
    [InlineData("phoneNumber=1987987521", "Ärger, Åsa")]
    [InlineData("phoneNumbers=%2B1-987-987-521", "Ärger, Åsa")]
    [InlineData("phoneNumber=555", "Ärger, Åsa")]
    [InlineData("phoneNumbers[startsWith]=198", "Ärger, Åsa")]
    [InlineData("emails=JOE@example.COM", "Joe Johnson")]
    [InlineData("emails[contains]=example", "Joe Johnson")]
    [InlineData("emails[exists]=true", "Joe Johnson")]
    [InlineData("sipAddresses=SIP:JO@X", "joanna STRASSE")]
    [InlineData("addressInfo.city=k%C3%B6ln", "Ärger, Åsa")]
    [InlineData("isMigration=TRUE", "Joe Johnson")]
    [InlineData("title=a,b", "Joe Johnson")]
    [InlineData("contactType=cloud", "cloud-1")]
    [InlineData("type=QUEUE", "cloud-1")]
    [InlineData("type=user", "")]
    [InlineData("id=cloud-1", "cloud-1")]
    [InlineData("contactId=CLOUD-1", "")]
    [InlineData("resolved=false", "cloud-1")]
    [InlineData("resolved[exists]=true", "cloud-1")]
    [InlineData("displayName[exists]=false", "cloud-1")]
    [InlineData("firstName=joe&firstName=joanna", "joanna STRASSE|Joe Johnson")]
    [InlineData("type[ne]=queue&emails[exists]=false", "Ärger, Åsa|joanna STRASSE")]
    [InlineData("firstName[ne]=joe&firstName[ne]=joanna", "Ärger, Åsa|cloud-1")]
    [InlineData("lastModified[gte]=2020-01-01T00:00:00Z&type=queue", "cloud-1")]
    [InlineData("meta.created[lt]=2020-01-01", "")]
    [InlineData("version[gt]=1&type=queue", "cloud-1")]
    [InlineData("ownerId=me&lastName=Johnson", "Joe Johnson")]
    [InlineData("ownerId=somebody", "")]
    [InlineData("groups=01a1fc76-19e5-75ab-9845-8599ddf5a9ed", "")]
    [InlineData("groups=nonsense", "")]
    [InlineData("displayName[contains]=%25", "")]
    [InlineData("displayName[contains]='%22\\", "")]
    public async Task Finds_exactly_the_matching_contacts(string query, string expected)
    {
        var ann = await service.AgentAsync();
        foreach (var person in People)
        {
            (await ann.PostAsync("/contacts", person)).ShouldBe(201);
        }

        var found = (await ann.GetAsync($"/contacts?{query}")).ShouldBe(200)["contacts"]!.AsArray()
            .Select(contact => contact!["displayName"]?.GetValue<string>() ?? contact["contactId"]!.GetValue<string>());

        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Theory]
    [InlineData("/contacts?nonsense=1", "nonsense", "firstName")]
    [InlineData("/contacts?DisplayName=x", "DisplayName", "displayName")]
    [InlineData("/contacts?displayName[like]=x", "displayName[like]", "displayName[contains]")]
    [InlineData("/contacts?displayName[gt]=x", "displayName[gt]", "displayName[contains]")]
    [InlineData("/contacts?displayName[endsWith]=x", "displayName[endsWith]", "displayName[contains]")]
    [InlineData("/contacts?displayName[]=x", "displayName[]", "displayName[contains]")]
    [InlineData("/contacts?displayName[ne=x", "displayName[ne", "displayName[contains]")]
    [InlineData("/contacts?displayName[=x", "displayName[", "displayName[contains]")]
    [InlineData("/contacts?displayName[contains]=", "displayName[contains]", "everything")]
    [InlineData("/contacts?type=robot", "type", "Queue")]
    [InlineData("/contacts?isMigration=1", "isMigration", "true")]
    [InlineData("/contacts?emails[exists]=maybe", "emails[exists]", "true")]
    [InlineData("/contacts?lastModified[gte]=yesterday", "lastModified[gte]", "2026-01-31T08:30:00Z")]
    [InlineData("/contacts?version=x", "version", "whole number")]
    [InlineData("/contacts?displayName=%00", "displayName", "U+0000")]
    [InlineData("/contacts?sort=emails", "sort", "displayName")]
    [InlineData("/contacts?sort=", "sort", "displayName")]
    [InlineData("/contacts?pageSize=0", "pageSize", "1000")]
    [InlineData("/contacts?pageSize=1001", "pageSize", "1000")]
    [InlineData("/contacts?pageSize=x", "pageSize", "1000")]
    [InlineData("/contacts?pageSize=1&pageSize=2", "pageSize", "once")]
    [InlineData("/contacts?fields=nonsense", "fields", "displayName")]
    [InlineData("/groups?members=x", "members", "displayName")]
    [InlineData("/contacts?shoeSize=9", "shoeSize", "; or q, caller, region, sort, pageSize, pageToken, fields.")]
    [InlineData("/contacts?q=ann&shoeSize=9", "shoeSize", "; or q, caller, region, sort, pageSize, pageToken, fields.")]
    public async Task Refuses_unknown_names_and_lists_the_known_ones(string path, string parameter, string hint)
    {
        var ann = await service.AgentAsync();

        var refused = (await ann.GetAsync(path)).ShouldBeProblem(400, "invalid-filter", parameter);

        Assert.Contains(hint, refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/contacts?displayName[contains]")]
    [InlineData("/contacts?emails[startsWith]")]
    [InlineData("/groups?displayName[contains]")]
    public async Task Searches_for_parts_of_up_to_256_characters(string filter)
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync($"{filter}={new string('b', 254)}%F0%9F%98%80%C3%9F")).ShouldBe(200);
        var refused = (await ann.GetAsync($"{filter}={new string('b', 257)}"))
            .ShouldBeProblem(400, "invalid-filter", filter[(filter.IndexOf('?') + 1)..]);

        Assert.Contains("at most 256 characters", refused.Value("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "/groups?shoeSize=9",
        "shoeSize",
        "`shoeSize` is not a filterable attribute. Use one of: groupId, displayName, groupType, isDefault, memberCount, isMigration, "
        + "encryptionKeyUrl, created, lastModified, version; or sort, pageSize, pageToken, fields.")]
    [InlineData(
        "/groups?groupType[gt]=x",
        "groupType[gt]",
        "`groupType[gt]` is not an operator of `groupType`. Use one of: groupType=, groupType[ne]=, groupType[exists]=.")]
    [InlineData("/groups?groupType=x", "groupType", "The value must be one of: NORMAL, EXTERNAL.")]
    [InlineData(
        "/groups?sort=members",
        "sort",
        "`members` is not a sortable attribute. Use one of: groupId, displayName, groupType, isDefault, memberCount, isMigration, "
        + "encryptionKeyUrl, created, lastModified, version. A minus sign in front reverses the order.")]
    [InlineData("/groups?pageSize=0", "pageSize", "pageSize must be a whole number from 1 to 1000.")]
    public async Task Says_what_is_wrong_and_what_to_use(string path, string parameter, string error)
    {
        var ann = await service.AgentAsync();

        var refused = (await ann.GetAsync(path)).ShouldBeProblem(400, "invalid-filter", parameter);

        Assert.Equal([error], refused["errors"]![parameter]!.AsArray().Select(text => text!.GetValue<string>()));
    }

    [Theory]
    [InlineData("GET", "/contacts/x?a=1")]
    [InlineData("DELETE", "/contacts/x?force=true")]
    [InlineData("POST", "/groups?a=1")]
    [InlineData("GET", "/tokens?a=1")]
    [InlineData("GET", "/health/live?a=1")]
    [InlineData("DELETE", "/groups/x?contact=delete")]
    public async Task Refuses_parameters_on_routes_without_parameters(string method, string path)
    {
        var ann = await service.AgentAsync();

        (await ann.SendAsync(new HttpMethod(method), path, null, [])).ShouldBeProblem(400, "unknown-parameter");
    }

    [Fact]
    public async Task Sorts_by_name_then_lower_case_first_then_by_id()
    {
        var ann = await service.AgentAsync();
        foreach (var (id, name) in new[] { ("3", "beta"), ("2", "Alpha"), ("1", "ALPHA"), ("4", "Gamma") })
        {
            (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","contactId":"{{id}}","displayName":"{{name}}"}"""))
                .ShouldBe(201);
        }

        (await ann.PostAsync("/contacts", """{"contactType":"CLOUD","contactId":"0"}""")).ShouldBe(201);

        async Task<string> OrderAsync(string query) =>
            string.Concat((await ann.GetAsync($"/contacts?{query}")).ShouldBe(200).Values("contacts", "contactId"));
        Assert.Equal("21340", await OrderAsync(""));
        Assert.Equal("43120", await OrderAsync("sort=-displayName"));
        Assert.Equal("32140", (await OrderAsync("sort=created")));
        Assert.Equal("04123", await OrderAsync("sort=-created"));
        Assert.Equal("01234", await OrderAsync("sort=contactId"));
        Assert.Equal("01234", await OrderAsync("sort=lastName,version&sort=contactId".Split('&')[1]));
    }

    [Fact]
    public async Task Returns_the_requested_fields_and_the_id()
    {
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","contactId":"c","displayName":"Joe","title":"Chef"}""")).ShouldBe(201);

        var reply = (await ann.GetAsync("/contacts?fields=name,title")).ShouldBe(200);

        Assert.Equal("""{"contactId":"c","displayName":"Joe","title":"Chef"}""", reply["contacts"]![0]!.ToJsonString());
    }
}
