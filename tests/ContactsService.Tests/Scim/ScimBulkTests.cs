using System.Text.Json.Nodes;
using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>RFC 7644, 3.7.</summary>
public class ScimBulkTests(Service service)
{
    private const string BulkPath = "/scim/v2/Bulk";
    private const string BulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private const int MaxPayloadSize = 1_048_576;

    [Fact]
    public async Task Executes_operations_of_all_kinds()
    {
        var admin = await service.AdminAsync();
        var old = await admin.AddUserAsync("old");
        var gone = await admin.AddUserAsync("gone");

        var reply = await BulkAsync(
            admin,
            Post("q1", "new"),
            Operation("put", $"/Users/{old.Value("id")}", User("replaced", """ "title": "x" """)),
            Operation("PATCH", $"/Users/{old.Value("id")}", Patch("""{"op": "replace", "path": "title", "value": "Boss"}""")),
            Operation("DELETE", $"/Users/{gone.Value("id")}"));

        reply.ShouldBe(200);
        Assert.Equal("application/scim+json; charset=utf-8", reply.Headers["Content-Type"]);
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]""", reply["schemas"]!.ToJsonString());
        Assert.Equal("201 200 200 204", Statuses(reply));
        Assert.Equal(["POST", "PUT", "PATCH", "DELETE"], reply.Values("Operations", "method"));
        var made = reply["Operations"]![0]!;
        Assert.Equal("q1", made["bulkId"]!.GetValue<string>());
        var stored = (await admin.GetAsync(made["location"]!.GetValue<string>())).ShouldBe(200);
        stored.ShouldHold("""{"userName": "new"}""");
        Assert.Equal(stored.ETag, made["version"]!.GetValue<string>());
        var changed = (await admin.GetAsync(old.Location!)).ShouldBe(200).ShouldHold("""{"userName": "replaced", "title": "Boss"}""");
        Assert.Equal(
            [old.Location, old.Location, gone.Location],
            reply["Operations"]!.AsArray().Skip(1).Select(one => one!["location"]!.GetValue<string>()));
        Assert.Equal(changed.ETag, reply["Operations"]![2]!["version"]!.GetValue<string>());
        Assert.NotEqual(changed.ETag, reply["Operations"]![1]!["version"]!.GetValue<string>());
        Assert.Null(reply["Operations"]![3]!["version"]);
        (await admin.GetAsync(gone.Location!)).ShouldBeScimError(404);
        Assert.Equal("new replaced", await admin.ContactNamesAsync());
    }

    [Fact]
    public async Task Is_executed_once_per_idempotency_key()
    {
        var admin = await service.AdminAsync();
        var body = $$"""{"schemas": ["{{BulkRequest}}"], "Operations": [{{Post("q1", "new")}}, {{Post("q2", "new")}}]}""";

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => admin.PostAsync(BulkPath, body, ("Idempotency-Key", "k"))));

        Assert.All(replies, reply => Assert.Equal(replies[0].Text, reply.ShouldBe(200).Text));
        Assert.Equal("201 409", Statuses(replies[0]));
        Assert.Equal("new", await admin.ContactNamesAsync());
    }

    [Fact]
    public async Task Accepts_an_empty_list_of_operations() =>
        Assert.Equal("""[]""", (await BulkAsync(await service.AdminAsync())).ShouldBe(200)["Operations"]!.ToJsonString());

    // 3.7.2: clients need not sort what depends on each other, and the service resolves circles.
    [Fact]
    public async Task Resolves_references_in_any_order()
    {
        var admin = await service.AdminAsync();

        var reply = await BulkAsync(
            admin,
            Post("anna", "anna", Manager("bulkId:ben")), // forwards
            Post("ben", "ben", Manager("bulkId:anna")), // backwards, and a circle with the one before
            Post("self", "carl", Manager("bulkId:self")),
            Operation(
                "PATCH",
                "/Users/bulkId:anna",
                Patch($$"""{"op": "add", "path": "{{Enterprise}}:manager.value", "value": "bulkId:self"}""")),
            Operation("PUT", "/Users/bulkId:self", User("carla", Manager("bulkId:ben"))));

        Assert.Equal("201 201 201 200 200", Statuses(reply));
        var ids = reply["Operations"]!.AsArray().Select(one => one!["location"]!.GetValue<string>().Split('/')[^1]).ToList();
        Assert.Equal(ids[0], ids[3]);
        Assert.Equal(ids[2], ids[4]);
        Assert.Equal("anna ben carla", (await admin.GetAsync($"{Users}?sortBy=userName")).UserNames());
        Assert.Equal(ids[2], await ManagerOfAsync(admin, ids[0]));
        Assert.Equal(ids[0], await ManagerOfAsync(admin, ids[1]));
        Assert.Equal(ids[1], await ManagerOfAsync(admin, ids[2]));
    }

    [Theory]
    [InlineData("\"manager\": \"bulkId:boss\"")]
    [InlineData("\"manager\": [{\"value\": \"bulkId:boss\"}]")]
    public async Task Resolves_a_manager_in_every_form(string manager)
    {
        var admin = await service.AdminAsync();
        var extension = $$""" "{{Enterprise}}": { {{manager}} } """;

        var reply = await BulkAsync(
            admin,
            Post("boss", "boss"),
            Post("a", "anna", extension),
            Post("b", "ben"),
            Operation("PUT", "/Users/bulkId:b", User("ben", extension)),
            Post("c", "carl"),
            Operation("PATCH", "/Users/bulkId:c", Patch($$"""{"op": "add", "value": { {{extension}} } }""")),
            Post("d", "dora"),
            Operation(
                "PATCH",
                "/Users/bulkId:d",
                Patch(
                    $$"""{"op": "add", "value": {{{manager.Replace("manager", $"{Enterprise}:manager", StringComparison.Ordinal)}}} }""")),
            Post("e", "emil", extension.Replace("boss", "nobody", StringComparison.Ordinal)));

        Assert.Equal("201 201 201 200 201 200 201 200 409", Statuses(reply));
        var ids = reply["Operations"]!.AsArray().Take(8).Select(one => one!["location"]!.GetValue<string>().Split('/')[^1]).ToList();
        Assert.Equal(ids[0], await ManagerOfAsync(admin, ids[1]));
        Assert.Equal(ids[0], await ManagerOfAsync(admin, ids[3]));
        Assert.Equal(ids[0], await ManagerOfAsync(admin, ids[5]));
        Assert.Equal(ids[0], await ManagerOfAsync(admin, ids[7]));
    }

    [Fact]
    public async Task Resolves_references_only_in_the_manager()
    {
        var admin = await service.AdminAsync();

        Assert.Equal("201", Statuses(await BulkAsync(admin, Post("1", "anna", """ "emails": [{"value": "bulkId:zz"}] """))));

        Assert.Equal(
            "bulkId:zz", (await admin.GetAsync(Users)).ShouldBe(200)["Resources"]![0]!["emails"]![0]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Refuses_only_the_operation_with_an_unknown_reference()
    {
        var admin = await service.AdminAsync();

        var reply = await BulkAsync(
            admin,
            Post("a", "anna", Manager("bulkId:nobody")),
            Operation("DELETE", "/Users/bulkId:nobody"),
            Operation("PATCH", "/Users/bulkId:b", Patch("""{"op": "add", "path": "title", "value": "x"}""")), // made below only
            Post("b", "ben"));

        Assert.Equal("409 409 404 201", Statuses(reply));
        Error(reply, 0).ShouldBeScimError(409, "invalidValue", "'nobody'");
        Assert.Equal("ben", (await admin.GetAsync(Users)).UserNames());
    }

    [Fact]
    public async Task An_error_of_one_operation_does_not_affect_the_others()
    {
        var admin = await service.AdminAsync();
        var anna = await admin.AddUserAsync("anna");

        var reply = await BulkAsync(
            admin,
            Post("1", "ben"),
            Post("2", "ANNA"),
            Post("3", ""),
            Operation("DELETE", "/Users/unknown"),
            Operation(
                "PATCH",
                $"/Users/{anna.Value("id")}",
                Patch("""{"op": "replace", "path": "title", "value": "x"}, {"op": "remove", "path": "userName"}""")),
            Post("4", "carl"),
            Post("5", "Ben"));

        Assert.Equal("201 409 400 404 400 201 409", Statuses(reply));
        Error(reply, 1).ShouldBeScimError(409, "uniqueness", "userName");
        Error(reply, 2).ShouldBeScimError(400, "invalidValue", "userName");
        Error(reply, 3).ShouldBeScimError(404);
        Error(reply, 4).ShouldBeScimError(400, "mutability", "userName");
        Assert.Null(reply["Operations"]![1]!["location"]); // 3.7: none for a POST that failed
        Assert.Equal($"{service.Address}scim/v2/Users/unknown", reply["Operations"]![3]!["location"]!.GetValue<string>());
        Assert.Equal("anna ben carl", (await admin.GetAsync($"{Users}?sortBy=userName")).UserNames());
        Assert.Equal(anna.Text, (await admin.GetAsync(anna.Location!)).Text);
        Assert.Equal("anna ben carl", await admin.ContactNamesAsync());
    }

    public static TheoryData<string, string, string> BadData => new()
    {
        { $""" "title": "{new string('x', 16_400)}" """, "invalidValue", "title" },
        { $""" "emails": [{string.Join(", ", Enumerable.Repeat("{}", 101))}] """, "invalidValue", "emails" },
        { """ "title": "a\ud800" """, "invalidValue", "title" },
        { """ "title": "a\u0000" """, "invalidValue", "title" },
        { """ "groups": [{"display": "a\u0000"}] """, "invalidValue", "groups[0].display" },
        { """ "a\u0000": 1 """, "invalidSyntax", "name" },
    };

    [Theory]
    [MemberData(nameof(BadData))]
    public async Task An_invalid_value_does_not_affect_other_operations(string member, string scimType, string detail)
    {
        var admin = await service.AdminAsync();

        var reply = await BulkAsync(
            admin,
            Post("1", "anna"),
            Post("2", "ben", member),
            Operation("PUT", "/Users/bulkId:1", User("ann", member)),
            Post("3", "carl"));

        Assert.Equal("201 400 400 201", Statuses(reply));
        Error(reply, 1).ShouldBeScimError(400, scimType, detail);
        Error(reply, 2).ShouldBeScimError(400, scimType, detail);
        Assert.Equal("anna carl", (await admin.GetAsync($"{Users}?sortBy=userName")).UserNames());
    }

    [Fact]
    public async Task Reads_member_names_case_insensitively()
    {
        var admin = await service.AdminAsync();

        var reply = await admin.ScimAsync("POST", BulkPath, $$"""
            {"SCHEMAS": ["{{BulkRequest.ToUpperInvariant()}}"], "failonerrors": 1,
             "operations": [{"Method": "POST", "PATH": "/Users", "bulkid": "1", "Data": {{User("anna")}} }, {{Post("2", "anna")}},
             {{Post("3", "ben")}}]}
            """);

        Assert.Equal("201 409", Statuses(reply));
    }

    [Theory]
    [InlineData(1, "201 409")]
    [InlineData(2, "201 409 201 409")]
    [InlineData(3, "201 409 201 409 201")]
    public async Task Ends_after_as_many_errors_as_the_client_allows(int failOnErrors, string expected)
    {
        var admin = await service.AdminAsync();

        var reply = await admin.ScimAsync("POST", BulkPath, $$"""
            {"schemas": ["{{BulkRequest}}"], "failOnErrors": {{failOnErrors}},
             "Operations": [{{Post("1", "a")}}, {{Post("2", "a")}}, {{Post("3", "b")}}, {{Post("4", "b")}}, {{Post("5", "c")}}]}
            """);

        Assert.Equal(expected, Statuses(reply));
        Assert.Equal(
            expected.Split(' ').Count(status => status == "201"), (await admin.GetAsync(Users)).Total()); // what was done before stays
    }

    [Theory]
    [InlineData("""{"method": "POST", "path": "/Groups", "bulkId": "1", "data": {}}""", 400, "invalidPath", "/Users")]
    [InlineData("""{"method": "POST", "path": "Users", "bulkId": "1", "data": {}}""", 400, "invalidPath", "/Users")]
    [InlineData("""{"method": "POST", "path": "/Users/1", "bulkId": "1", "data": {}}""", 400, "invalidPath", "/Users")]
    [InlineData("""{"method": "PUT", "path": "/Users", "data": {}}""", 400, "invalidPath", "/Users/<id>")]
    [InlineData("""{"method": "DELETE", "path": "/Users/"}""", 400, "invalidPath", "/Users/<id>")]
    [InlineData("""{"method": "DELETE", "path": "/Groups/1"}""", 400, "invalidPath", "/Users/<id>")]
    [InlineData("""{"method": "DELETE"}""", 400, "invalidPath", "/Users/<id>")]
    [InlineData("""{"method": "GET", "path": "/Users/1"}""", 400, "invalidSyntax", "The method must be POST, PUT, PATCH or DELETE.")]
    [InlineData("""{"method": "GET", "path": "/Users"}""", 400, "invalidSyntax", "The method must be POST, PUT, PATCH or DELETE.")]
    [InlineData("""{"path": "/Groups"}""", 400, "invalidSyntax", "The method must be POST, PUT, PATCH or DELETE.")]
    [InlineData("""{"method": "DELETE", "path": "/Users/1", "ifMatch": "*"}""", 400, "invalidSyntax", "'ifMatch'")]
    [InlineData("""{"method": "POST", "path": "/Users", "data": {}}""", 400, "invalidSyntax", "bulkId")]
    [InlineData("""{"method": "POST", "path": "/Users", "bulkId": "1"}""", 400, "invalidSyntax", "data")]
    [InlineData("""{"method": "POST", "path": "/Users", "bulkId": "1", "data": null}""", 400, "invalidSyntax", "object")]
    [InlineData("""{"method": "POST", "path": "/Users", "bulkId": "1", "data": ["bulkId:1"]}""", 400, "invalidSyntax", "object")]
    [InlineData("""{"method": "PATCH", "path": "/Users/1"}""", 400, "invalidSyntax", "data")]
    public async Task Explains_the_error_of_an_operation(string operation, int status, string scimType, string detail)
    {
        var admin = await service.AdminAsync();

        var reply = await BulkAsync(admin, operation, Post("2", "anna"));

        Assert.Equal($"{status} 201", Statuses(reply));
        Error(reply, 0).ShouldBeScimError(status, scimType, detail);
    }

    [Theory]
    [InlineData("""{"Operations": []}""", "invalidSyntax", "BulkRequest")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]}""", "invalidSyntax", "Operations")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": {}}""", "invalidSyntax", "Operations")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": ["x"]}""", "invalidSyntax", "operation")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [], "failOnErrors": 0}""",
        "invalidValue",
        "failOnErrors")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [], "failOnErrors": "1"}""",
        "invalidValue",
        "failOnErrors")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [], "failFast": true}""",
        "invalidSyntax",
        "'failFast'")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [""", "invalidSyntax", "JSON")]
    public async Task Refuses_a_request_that_it_cannot_read(string body, string scimType, string detail) =>
        (await (await service.AdminAsync()).ScimAsync("POST", BulkPath, body)).ShouldBeScimError(400, scimType, detail);

    [Fact]
    public async Task Refuses_the_same_bulkId_twice()
    {
        var admin = await service.AdminAsync();

        (await BulkAsync(admin, Post("1", "anna"), Post("1", "ben"))).ShouldBeScimError(400, "invalidValue", "'1'");

        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task Changes_only_the_version_that_was_read()
    {
        var admin = await service.AdminAsync();
        var anna = await admin.AddUserAsync("anna");
        var path = $"/Users/{anna.Value("id")}";
        var old = anna["meta"]!["version"]!.ToJsonString();

        var reply = await BulkAsync(
            admin,
            Operation("PUT", path, User("anna", """ "title": "1" """), old),
            Operation("PUT", path, User("anna", """ "title": "2" """), old), // not any more
            Operation("PATCH", path, Patch("""{"op": "remove", "path": "title"}"""), old),
            Operation("DELETE", path, version: old));

        Assert.Equal("200 412 412 412", Statuses(reply));
        Error(reply, 1).ShouldBeScimError(412);
        (await admin.GetAsync(anna.Location!)).ShouldBe(200).ShouldHold("""{"title": "1"}""");
        Assert.Equal(
            "204",
            Statuses(await BulkAsync(admin, Operation("DELETE", path, version: reply["Operations"]![0]!["version"]!.ToJsonString()))));
    }

    [Fact]
    public async Task Is_forbidden_for_agents()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");

        (await BulkAsync(ann, Post("1", "anna"))).ShouldBeScimError(403);
        (await BulkAsync(ann)).ShouldBeScimError(403);

        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }

    // The limits are those of /ServiceProviderConfig; beyond either it is 413 (3.7.4).
    [Fact]
    public async Task Accepts_at_most_a_thousand_operations()
    {
        var admin = await service.AdminAsync();
        var thousand = Enumerable.Range(0, 1_000).Select(i => Operation("DELETE", $"/Users/{i}")).ToArray();

        (await BulkAsync(admin, [.. thousand, Post("1", "anna")])).ShouldBeScimError(413, null, "1000");

        Assert.Equal(1_000, (await BulkAsync(admin, thousand)).ShouldBe(200)["Operations"]!.AsArray().Count);
        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task Accepts_at_most_a_mebibyte()
    {
        var admin = await service.AdminAsync();
        var body = $$"""{"schemas": ["{{BulkRequest}}"], "Operations": [{{Post("1", "anna")}}]}""";

        (await admin.ScimAsync("POST", BulkPath, body.PadRight(MaxPayloadSize + 1))).ShouldBeScimError(413);
        Assert.Equal(0, (await admin.GetAsync(Users)).Total());

        Assert.Equal("201", Statuses(await admin.ScimAsync("POST", BulkPath, body.PadRight(MaxPayloadSize))));
    }

    private static string Post(string bulkId, string userName, string more = "") =>
        $$"""{"method": "POST", "path": "/Users", "bulkId": "{{bulkId}}", "data": {{User(userName, more)}}}""";

    private static string Operation(string method, string path, string? data = null, string? version = null)
    {
        var more = (version is null ? "" : $", \"version\": {version}") + (data is null ? "" : $", \"data\": {data}");
        return $$"""{"method": "{{method}}", "path": "{{path}}"{{more}}}""";
    }

    private static string Manager(string id) => $$""" "{{Enterprise}}": {"manager": {"value": "{{id}}"} } """;

    private static string Request(params string[] operations) =>
        $$"""{"schemas": ["{{BulkRequest}}"], "Operations": [{{string.Join(",\n", operations)}}]}""";

    private static Task<Reply> BulkAsync(Person person, params string[] operations) =>
        person.ScimAsync("POST", BulkPath, Request(operations));

    private static string Statuses(Reply reply) => string.Join(' ', reply.ShouldBe(200).Values("Operations", "status"));

    private static JsonNode? Error(Reply reply, int i) => reply["Operations"]![i]!["response"];

    private static async Task<string> ManagerOfAsync(Person admin, string id) =>
        (await admin.GetAsync($"{Users}/{id}")).ShouldBe(200)[Enterprise]!["manager"]!["value"]!.GetValue<string>();
}
