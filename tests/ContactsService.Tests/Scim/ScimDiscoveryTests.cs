using System.Text.Json.Nodes;
using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>
/// RFC 7644, 4: the discovery documents match the behaviour. The limits of bulk requests are tested in <see cref="ScimBulkTests"/>.
/// </summary>
public class ScimDiscoveryTests(Service service)
{
    [Fact]
    public async Task The_configuration_names_the_limits()
    {
        var ann = await service.AgentAsync();

        var config = (await ann.GetAsync("/scim/v2/ServiceProviderConfig")).ShouldBe(200);

        Assert.Equal("application/scim+json; charset=utf-8", config.Headers["Content-Type"]);
        config.ShouldHold($$"""
            {"patch": {"supported": true}, "bulk": {"supported": true, "maxOperations": 1000, "maxPayloadSize": 1048576},
             "filter": {"supported": true, "maxResults": 1000},
             "changePassword": {"supported": false}, "sort": {"supported": true}, "etag": {"supported": true},
             "pagination": {"cursor": true, "index": true, "defaultPaginationMethod": "index", "defaultPageSize": 100, "maxPageSize": 1000,
             "cursorTimeout": 3600},
             "meta": {"resourceType": "ServiceProviderConfig", "location": "{{service.Address}}scim/v2/ServiceProviderConfig"} }
            """);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public async Task Pages_are_as_long_as_the_configuration_says()
    {
        var admin = await service.AdminAsync();
        var operations = Enumerable.Range(0, 1_000)
            .Select(i => $$"""{"method": "POST", "path": "/Users", "bulkId": "{{i}}", "data": {{User($"user{i:0000}")}}}""");
        (await admin.ScimAsync("POST", "/scim/v2/Bulk", $$"""
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [{{string.Join(',', operations)}}]}
            """)).ShouldBe(200);
        await admin.AddUserAsync("one-more");

        Assert.Equal(100, (await admin.GetAsync($"{Users}?attributes=id")).ShouldBe(200)["itemsPerPage"]!.GetValue<int>());
        var longest = (await admin.GetAsync($"{Users}?attributes=id&count=5000")).ShouldBe(200);
        Assert.Equal(1_000, longest["Resources"]!.AsArray().Count);
        longest.ShouldHold("""{"totalResults": 1001, "itemsPerPage": 1000, "nextCursor": null}"""); // the default is by index
        Assert.Equal(100, (await admin.GetAsync($"{Users}?cursor=&attributes=id")).ShouldBe(200)["itemsPerPage"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_resource_types_are_users()
    {
        var ann = await service.AgentAsync();

        var list = (await ann.GetAsync("/scim/v2/ResourceTypes"))
            .ShouldBe(200).ShouldHold("""{"totalResults": 1, "itemsPerPage": 1, "startIndex": 1}""");

        var user = list["Resources"]![0]!;
        Assert.Equal("User", user["id"]!.GetValue<string>());
        Assert.Equal(Core, user["schema"]!.GetValue<string>());
        Assert.Equal([Enterprise, WebexIdentity], user["schemaExtensions"]!.AsArray().Select(one => one!["schema"]!.GetValue<string>()));
        (await ann.GetAsync($"/scim/v2{user["endpoint"]!.GetValue<string>()}")).ShouldBe(200);
        Assert.True(JsonNode.DeepEquals(user, (await ann.GetAsync(user["meta"]!["location"]!.GetValue<string>())).ShouldBe(200).Json));
        (await ann.GetAsync("/scim/v2/ResourceTypes/Device")).ShouldBeScimError(404);
    }

    [Fact]
    public async Task Each_schema_is_at_its_address()
    {
        var ann = await service.AgentAsync();

        var list = (await ann.GetAsync("/scim/v2/Schemas")).ShouldBe(200);

        Assert.Equal([Core, Enterprise, WebexIdentity], list.Values("Resources", "id"));
        foreach (var schema in list["Resources"]!.AsArray())
        {
            Assert.True(
                JsonNode.DeepEquals(schema, (await ann.GetAsync(schema!["meta"]!["location"]!.GetValue<string>())).ShouldBe(200).Json));
        }
    }

    // RFC 7644, 4: no filter; other parameters of lists have no meaning here.
    [Theory]
    [InlineData("/scim/v2/Schemas")]
    [InlineData("/scim/v2/Schemas/" + Core)]
    [InlineData("/scim/v2/ResourceTypes")]
    [InlineData("/scim/v2/ResourceTypes/User")]
    [InlineData("/scim/v2/ServiceProviderConfig")]
    public async Task Is_described_without_a_filter(string address)
    {
        var ann = await service.AgentAsync();
        var all = (await ann.GetAsync(address)).ShouldBe(200);

        (await ann.GetAsync($"{address}?filter=name%20pr")).ShouldBeScimError(403, null, "filter");
        (await ann.GetAsync($"{address}?shoeSize=43")).ShouldBeScimError(400, "invalidSyntax", "shoeSize");
        const string Ignored = "startIndex=2&count=0&sortBy=id&sortOrder=descending&attributes=id&excludedAttributes=name&cursor=";
        Assert.Equal(all.Text, (await ann.GetAsync($"{address}?{Ignored}")).Text);
    }

    [Fact]
    public async Task Groups_are_not_named()
    {
        var ann = await service.AgentAsync();

        Assert.DoesNotContain("group", (await ann.GetAsync("/scim/v2/Schemas")).ShouldBe(200).Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            "group", (await ann.GetAsync("/scim/v2/ResourceTypes")).ShouldBe(200).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_attribute_is_stored_and_returned_according_to_its_schema()
    {
        var admin = await service.AdminAsync();
        var schemas = (await admin.GetAsync("/scim/v2/Schemas"))
            .ShouldBe(200)["Resources"]!.AsArray()
            .ToDictionary(one => one!["id"]!.GetValue<string>(), one => one!["attributes"]!.AsArray());
        var sent = Example(schemas[Core]);
        sent["schemas"] = new JsonArray(Core, Enterprise, WebexIdentity);
        sent[Enterprise] = Example(schemas[Enterprise]);
        sent[WebexIdentity] = Example(schemas[WebexIdentity]);

        var made = (await admin.ScimAsync("POST", Users, sent.ToJsonString())).ShouldBe(201);

        Assert.Equal(20, schemas[Core].Count);
        foreach (var (name, value) in sent)
        {
            // Writable and shown, or taken and never shown: RFC 7643, 7.
            var attribute = schemas[Core].FirstOrDefault(one => one!["name"]!.GetValue<string>() == name);
            var isShown = attribute is null || (
                attribute["returned"]!.GetValue<string>() != "never" && attribute["mutability"]!.GetValue<string>() != "readOnly");
            Assert.True(isShown ? JsonNode.DeepEquals(value, made[name]) : made[name] is null, $"{name}: {made.Text}");
        }
    }

    [Fact]
    public async Task Every_attribute_can_be_searched_for()
    {
        var admin = await service.AdminAsync();
        var schemas = (await admin.GetAsync("/scim/v2/Schemas")).ShouldBe(200)["Resources"]!.AsArray();
        await admin.AddUserAsync("anna");

        foreach (var schema in schemas)
        {
            var paths = schema!["attributes"]!.AsArray()
                .Where(one => one!["returned"]!.GetValue<string>() != "never")
                .SelectMany(one => Paths(one!, $"{schema["id"]}:"));
            foreach (var path in paths)
            {
                var found = await admin.FilterAsync($"{path} pr");
                Assert.True(found.Total() == (path is $"{Core}:userName" or $"{Core}:active" ? 1 : 0), path);
                (await admin.GetAsync($"{Users}?attributes={path}")).ShouldBe(200);
            }
        }
    }

    private static IEnumerable<string> Paths(JsonNode attribute, string before)
    {
        var path = $"{before}{attribute["name"]}";
        return (attribute["subAttributes"]?.AsArray() ?? []).SelectMany(sub => Paths(sub!, $"{path}.")).Prepend(path);
    }

    private static JsonObject Example(JsonArray attributes) =>
        new(attributes.Select(attribute => KeyValuePair.Create(attribute!["name"]!.GetValue<string>(), Value(attribute!))));

    private static JsonNode? Value(JsonNode attribute)
    {
        JsonNode one = attribute["type"]!.GetValue<string>() switch
        {
            "boolean" => JsonValue.Create(true),
            "binary" => JsonValue.Create("AQID"),
            "reference" => JsonValue.Create("https://example.com/x"),
            "complex" => Example(attribute["subAttributes"]!.AsArray()),
            _ => JsonValue.Create("text"),
        };
        return attribute["multiValued"]!.GetValue<bool>() ? new JsonArray(one) : one;
    }
}
