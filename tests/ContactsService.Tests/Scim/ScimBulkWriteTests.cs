using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>Operations of a bulk request that depend on each other, and writers beside it.</summary>
public class ScimBulkWriteTests(Service service)
{
    [Fact]
    public async Task Users_may_exchange_their_names()
    {
        var admin = await service.AdminAsync();
        var anna = await admin.AddUserIdAsync("anna", """ "externalId": "1" """);
        var ben = await admin.AddUserIdAsync("ben", """ "externalId": "2" """);

        var reply = await BulkAsync(
            admin,
            Put(anna, User("other")),
            Put(ben, User("anna", """ "externalId": "1" """)),
            Put(anna, User("ben", """ "externalId": "2" """)));

        Assert.Equal("200 200 200", Statuses(reply));
        (await admin.GetAsync($"{Users}/{anna}")).ShouldBe(200).ShouldHold("""{"userName": "ben", "externalId": "2"}""");
        (await admin.GetAsync($"{Users}/{ben}")).ShouldBe(200).ShouldHold("""{"userName": "anna", "externalId": "1"}""");
    }

    [Fact]
    public async Task A_name_is_free_once_its_user_is_deleted_or_renamed()
    {
        var admin = await service.AdminAsync();
        var anna = await admin.AddUserIdAsync("anna");
        var ben = await admin.AddUserIdAsync("ben");

        var reply = await BulkAsync(
            admin,
            Post("1", User("anna")),
            $$"""{"method": "DELETE", "path": "/Users/{{anna}}"}""",
            Post("2", User("Anna")),
            Post("3", User("ben")),
            Put(ben, User("benjamin")),
            Post("4", User("ben")),
            Post("5", User("benjamin")));

        Assert.Equal("409 204 201 409 200 201 409", Statuses(reply));
        Assert.Equal("Anna ben benjamin", (await admin.GetAsync($"{Users}?sortBy=userName")).UserNames());
    }

    [Fact]
    public async Task A_user_may_be_added_changed_and_deleted()
    {
        var admin = await service.AdminAsync();

        var reply = await BulkAsync(
            admin,
            Post("1", User("anna")),
            Change("bulkId:1", "title", "a"),
            Change("bulkId:1", "title", "b"),
            Change("bulkId:1", "title", "b"),
            """{"method": "DELETE", "path": "/Users/bulkId:1"}""",
            Change("bulkId:1", "title", "c"));

        Assert.Equal("201 200 200 200 204 404", Statuses(reply));
        Assert.Equal(
            ["W/\"1\"", "W/\"2\"", "W/\"3\"", "W/\"3\""],
            reply["Operations"]!.AsArray().Take(4).Select(result => result!["version"]!.GetValue<string>()));
        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
        Assert.Equal("", await admin.ContactNamesAsync());
    }

    [Fact]
    public async Task What_is_there_already_changes_nothing()
    {
        var admin = await service.AdminAsync();
        var anna = await admin.AddUserAsync("anna", """ "emails": [{"value": "anna@example.com", "type": "work"}] """);
        var list = (await admin.GetAsync("/contacts")).ETag;

        var reply = await BulkAsync(
            admin, Put(anna.Value("id"), User("anna", """ "emails": [{"type": "work", "value": "anna@example.com"}] """)));

        Assert.Equal(anna.ETag, reply["Operations"]![0]!["version"]!.GetValue<string>());
        Assert.Equal(list, (await admin.GetAsync("/contacts")).ETag);
    }

    [Fact]
    public async Task Other_writers_of_the_organization_are_not_refused_meanwhile()
    {
        var admin = await service.AdminAsync();
        var other = await service.PersonAsync(admin.Organization, "other", "admin");

        var provisioning = ProvisionAsync(admin, requests: 3);
        var queues = 0;
        do
        {
            (await other.PostAsync("/queues", $$"""{"name": "Queue {{queues++}}"}""")).ShouldBe(201);
            (await other.AddUserAsync($"other{queues}")).ShouldBe(201);
        }
        while (!provisioning.IsCompleted);

        await provisioning;
        Assert.Equal(3_000 + queues, (await admin.GetAsync(Users)).Total());
    }

    // Both find the names free before they have the lock; only under it they see those of the other.
    [Fact]
    public async Task The_same_request_at_the_same_moment_adds_each_user_once()
    {
        var admin = await service.AdminAsync();
        var operations = Enumerable.Range(0, 100).Select(i => Post($"{i}", User($"user{i}"))).ToArray();

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => BulkAsync(admin, operations)));

        Assert.Equal(100, replies.Sum(reply => Statuses(reply).Split(' ').Count(status => status == "201")));
        Assert.Equal(300, replies.Sum(reply => Statuses(reply).Split(' ').Count(status => status == "409")));
        Assert.Equal(100, (await admin.GetAsync(Users)).Total());
    }

    // Each patch is of the user as the one before has left it, also when that was after the first reading.
    [Fact]
    public async Task Patches_at_the_same_moment_are_all_kept()
    {
        var admin = await service.AdminAsync();
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await admin.AddUserIdAsync($"user{i}"));
        }

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(writer =>
        {
            var patch = $$"""{"op": "add", "path": "emails", "value": [{"value": "{{writer}}@example.com", "type": "{{writer}}"}]}""";
            return BulkAsync(admin, [.. ids.Select(id => Patching(id, patch))]);
        }));

        Assert.All(replies, reply => Assert.Equal(string.Join(' ', Enumerable.Repeat("200", 20)), Statuses(reply)));
        foreach (var id in ids)
        {
            Assert.Equal(
                ["0", "1", "2", "3", "4"], (await admin.GetAsync($"{Users}/{id}")).ShouldBe(200).Values("emails", "type").Order());
        }
    }

    // More than the service keeps in memory at once: 50 users of 180 KB, and 50 states of one of them.
    [Fact]
    public async Task Large_users_are_changed_part_by_part()
    {
        var admin = await service.AdminAsync();
        var street = new string('x', 15_000);
        var addresses = string.Join(",", Enumerable.Range(0, 12).Select(i => $$"""{"type": "{{i}}", "streetAddress": "{{street}}"}"""));
        var ids = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            ids.Add(await admin.AddUserIdAsync($"user{i}", $$""" "addresses": [{{addresses}}] """));
        }

        var reply = await BulkAsync(
            admin,
            [
                .. ids.Select(id => Change(id, "title", "a")),
                .. Enumerable.Range(0, 50).Select(i => Change(ids[0], "title", $"{i}")),
                .. ids.Select(id => $$"""{"method": "DELETE", "path": "/Users/{{id}}"}"""),
                Post("1", User("user0")),
            ]);

        Assert.Equal(
            string.Join(' ', [.. Enumerable.Repeat("200", 100), .. Enumerable.Repeat("204", 50), "201"]), Statuses(reply));
        Assert.Equal(
            Enumerable.Range(51, 100).Select(version => $"W/\"{version}\""),
            reply["Operations"]!.AsArray().Take(100).Select(result => result!["version"]!.GetValue<string>()));
        Assert.Equal("W/\"201\"", reply["Operations"]![150]!["version"]!.GetValue<string>());
        Assert.Equal("user0", (await admin.GetAsync(Users)).UserNames());
    }

    private static async Task ProvisionAsync(Person admin, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            var names = Enumerable.Range(request * 1_000, 1_000);
            var reply = await BulkAsync(admin, [.. names.Select(i => Post($"{i}", User($"user{i}", $$""" "title": "{{i}}" """)))]);
            Assert.All(reply.ShouldBe(200).Values("Operations", "status"), status => Assert.Equal("201", status));
        }
    }

    private static string Post(string bulkId, string user) =>
        $$"""{"method": "POST", "path": "/Users", "bulkId": "{{bulkId}}", "data": {{user}}}""";

    private static string Put(string id, string user) => $$"""{"method": "PUT", "path": "/Users/{{id}}", "data": {{user}}}""";

    private static string Change(string id, string attribute, string value) =>
        Patching(id, $$"""{"op": "replace", "path": "{{attribute}}", "value": "{{value}}"}""");

    private static string Patching(string id, string operation) =>
        $$"""{"method": "PATCH", "path": "/Users/{{id}}", "data": {{Patch(operation)}}}""";

    private static Task<Reply> BulkAsync(Person person, params string[] operations) => person.ScimAsync(
        "POST",
        "/scim/v2/Bulk",
        $$"""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": [{{string.Join(",", operations)}}]}""");

    private static string Statuses(Reply reply) => string.Join(' ', reply.ShouldBe(200).Values("Operations", "status"));
}
