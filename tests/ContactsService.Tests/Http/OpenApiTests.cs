using System.Text.Json.Nodes;

namespace ContactsService.Tests.Http;

public class OpenApiTests(Service service)
{
    [Theory]
    [InlineData("native")]
    [InlineData("webex")]
    [InlineData("genesys")]
    [InlineData("scim")]
    public async Task Is_the_approved_document(string name)
    {
        using var http = service.NewClient();
        var document = await http.GetStringAsync($"/openapi/{name}.json");
        var received = Path.Combine(AppContext.BaseDirectory, $"Http/openapi.{name}.received.json");
        await File.WriteAllTextAsync(received, document);

        var approved = Path.Combine(AppContext.BaseDirectory, $"Http/openapi.{name}.approved.json");

        var expected = File.Exists(approved) ? await File.ReadAllTextAsync(approved) : "";
        Assert.True(
            expected.ReplaceLineEndings("\n").Trim() == document.ReplaceLineEndings("\n").Trim(),
            $"The contract has changed: look at the difference, then copy {received} "
            + $"over tests/ContactsService.Tests/Http/openapi.{name}.approved.json.");
    }

    [Fact]
    public async Task Serves_the_native_document_at_the_root()
    {
        using var http = service.NewClient();

        Assert.Equal(await http.GetStringAsync("/openapi/native.json"), await http.GetStringAsync("/openapi.json"));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("webex")]
    [InlineData("genesys")]
    [InlineData("scim")]
    public async Task Describes_every_operation_parameter_and_status(string name)
    {
        foreach (var (method, path, operation) in await OperationsAsync(name))
        {
            Assert.True(HasText(operation["summary"]), $"{method} {path} has no summary.");
            Assert.True(HasText(operation["description"]), $"{method} {path} has no description.");
            Assert.All(operation["parameters"]?.AsArray() ?? [], parameter =>
                Assert.True(HasText(parameter!["description"]), $"{method} {path}: {parameter["name"]} is not described."));
            Assert.All(operation["responses"]!.AsObject(), response =>
                Assert.True(HasText(response.Value!["description"]), $"{method} {path}: {response.Key} is not described."));
            Assert.All(operation["responses"]!.AsObject().Where(response => response.Key is "200" or "201"), response =>
                Assert.NotNull(response.Value!["content"]!.AsObject().First().Value!["schema"]));
            var isOpen = path == "/api/v2/diagnostics/version" || path.StartsWith("/health", StringComparison.Ordinal);
            string[] schemes = isOpen ? [] : name == "genesys" ? ["Bearer", "GenesysBasic"] : ["Bearer"];
            Assert.Equal(schemes, operation["security"]!.AsArray().Select(scheme => Assert.Single(scheme!.AsObject()).Key));
        }
    }

    [Theory]
    [InlineData("native")]
    [InlineData("webex")]
    [InlineData("genesys")]
    [InlineData("scim")]
    public async Task Names_every_operation_once(string name)
    {
        var ids = (await OperationsAsync(name)).Select(one => one.Operation["operationId"]?.GetValue<string>()).ToList();

        Assert.All(ids, id => Assert.Matches("^[a-z][A-Za-z]+$", id));
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Keeps_the_names_of_the_native_operations() => Assert.Equal(
        [
            "addGroupMember", "changeGroupMembers", "checkLiveness", "checkReadiness", "createContact", "createGroup", "createQueue",
            "createToken", "createWebhook", "deleteContact", "deleteGroup", "deleteQueue", "deleteToken", "deleteTokensOfUser",
            "deleteWebhook", "getContact", "getGroup", "getQueue", "getSettings", "getWebhook", "listChanges", "listContacts",
            "listGroups", "listQueues", "listTokens",
            "listWebhookDeliveries", "listWebhooks", "patchContact", "patchGroup", "patchQueue", "patchWebhook", "putContact",
            "putGroup", "putQueue", "putSettings", "removeGroupMember", "rotateToken", "rotateWebhookSecret", "runBulk", "streamChanges",
            "testWebhook",
        ],
        (await OperationsAsync("native")).Select(one => one.Operation["operationId"]!.GetValue<string>()).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Describes_its_tags_with_health_last()
    {
        var tags = (await DocumentAsync("native"))["tags"]!.AsArray();

        Assert.Equal(
            ["Contacts", "Groups", "Bulk", "Changes", "Webhooks", "Queues", "Tokens", "Settings", "Health"],
            tags.Select(tag => tag!["name"]!.GetValue<string>()));
        Assert.All(tags, tag => Assert.NotEqual("", tag!["description"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Shows_what_people_use_first()
    {
        var parameters = (await DocumentAsync("native"))["paths"]!["/contacts"]!["get"]!["parameters"]!.AsArray();
        var names = parameters.Select(parameter => parameter!["name"]!.GetValue<string>()).ToList();

        Assert.Equal(
            [
                "q", "caller", "region", "displayName", "lastName", "firstName", "phoneNumbers", "emails", "type", "ownerId", "groups",
                "sort", "pageSize", "pageToken", "fields",
            ],
            names.Take(15));
        Assert.Contains("displayName[contains]", names);
        Assert.Contains("lastModified[gte]", names);
        Assert.Equal(
            """{"type":"array","items":{"enum":["Custom","User","Queue"],"type":"string"}}""", parameters[8]!["schema"]!.ToJsonString());
    }

    [Fact]
    public async Task Takes_custom_values_as_an_object_of_parameters()
    {
        var parameters = (await DocumentAsync("native"))["paths"]!["/contacts"]!["get"]!["parameters"]!.AsArray();
        var custom = parameters.Single(parameter => parameter!["name"]!.GetValue<string>() == "custom")!;

        Assert.Equal("query", custom["in"]!.GetValue<string>());
        Assert.Null(custom["style"]); // form, exploded: the members are parameters of their own
        Assert.Null(custom["explode"]);
        Assert.Equal("""{"type":"object","additionalProperties":{"type":"string"}}""", custom["schema"]!.ToJsonString());
        Assert.Equal("{}", custom["example"]!.ToJsonString());
    }

    [Fact]
    public async Task Takes_null_in_merge_patches_and_demands_only_the_id_of_list_entries()
    {
        var schemas = (await DocumentAsync("native"))["components"]!["schemas"]!;

        Assert.All(schemas["ContactPatch"]!["properties"]!.AsObject(), member =>
            Assert.True(member.Value!["nullable"]!.GetValue<bool>(), member.Key));
        Assert.Null(schemas["ContactPatch"]!["required"]);
        Assert.Equal("""["contactId"]""", schemas["ContactEntry"]!["required"]!.ToJsonString());
        Assert.Equal("""["groupId"]""", schemas["GroupEntry"]!["required"]!.ToJsonString());
    }

    [Fact]
    public async Task Remembers_no_authorization_outside_Development()
    {
        using var http = service.NewClient();

        Assert.Contains("\"persistAuthorization\":false", await http.GetStringAsync("/swagger/index.js"), StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public async Task Is_closed_with_its_pages_by_a_setting()
    {
        await using var closed = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = service.Database.ConnectionString,
            ["OpenApi__Enabled"] = "false",
        });
        using var http = new HttpClient { BaseAddress = new(closed.Address) };
        var ann = await Service.PersonAsync(service.Database, http, Service.NewOrganization(), "ann", "agent");

        foreach (var path in (string[])["/openapi.json", "/openapi/native.json", "/swagger", "/swagger/index.html"])
        {
            (await ann.GetAsync(path)).ShouldBe(404);
        }
    }

    private static bool HasText(JsonNode? text) => !string.IsNullOrEmpty(text?.GetValue<string>());

    private async Task<JsonNode> DocumentAsync(string name)
    {
        using var http = service.NewClient();
        return JsonNode.Parse(await http.GetStringAsync($"/openapi/{name}.json"))!;
    }

    private async Task<List<(string Method, string Path, JsonNode Operation)>> OperationsAsync(string name) =>
    [
        .. (await DocumentAsync(name))["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key, path.Key, operation.Value!))),
    ];
}
