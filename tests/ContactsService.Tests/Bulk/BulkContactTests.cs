using static ContactsService.Tests.Bulk.BulkCalls;

namespace ContactsService.Tests.Bulk;

/// <summary>Operations on contacts in POST /bulk.</summary>
public class BulkContactTests(Service service)
{
    [Fact]
    public async Task Writes_contacts_as_single_operations_do()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Old");

        var results = await ann.BulkAsync(
            Post("/contacts", Custom("New", ""","emails":[{"value":"a\"b\\c@x.de"},{"value":"Ä@x.de"}],"custom":{"k":1.50}""")),
            Put($"/contacts/{id}", Custom("Replaced", ""","phoneNumber":"+49 221 4711","addressInfo":{"city":"Köln"}""")),
            Patch($"/contacts/{id}", """{"title":"Head","phoneNumbers":[{"value":"+49 221 4712"}]}"""));

        Assert.Equal([201, 200, 200], results.Statuses());
        results[2].ShouldShow(await ann.GetAsync($"/contacts/{id}"));
        foreach (var filter in (string[])["emails=A%22B%5Cc@x.de", "emails=ä@x.de", "custom.k=1.50", "q=new"])
        {
            Assert.Equal("New", Assert.Single((await ann.GetAsync($"/contacts?{filter}")).ShouldBe(200).Values("contacts", "displayName")));
        }

        foreach (var filter in (string[])["phoneNumbers=%2B492214712", "addressInfo.city=köln", "q=repl", "caller=%2B492214712"])
        {
            Assert.Equal(id, Assert.Single((await ann.GetAsync($"/contacts?{filter}")).ShouldBe(200).Values("contacts", "contactId")));
        }

        Assert.Empty((await ann.GetAsync("/contacts?phoneNumbers=%2B492214711")).Values("contacts", "contactId"));
        Assert.Empty((await ann.GetAsync("/contacts?q=old")).Values("contacts", "contactId"));
    }

    [Fact]
    public async Task Raises_the_revision_by_one_for_each_operation()
    {
        var ann = await service.AgentAsync();
        var first = (await ann.PostAsync("/contacts", Custom("First"))).ShouldBe(201)["meta"]!["version"]!.GetValue<long>();

        var results = await ann.BulkAsync(
            Put("/contacts/a", Custom("A")),
            Put("/contacts/b", Custom("B")),
            Delete("/contacts/a"),
            Patch("/contacts/b", """{"title":"T"}"""));

        Assert.Equal(first + 1, results[0]!["data"]!["meta"]!["version"]!.GetValue<long>());
        Assert.Equal(first + 2, results[1]!["data"]!["meta"]!["version"]!.GetValue<long>());
        Assert.Equal(first + 4, results[3]!["data"]!["meta"]!["version"]!.GetValue<long>());
        var times = new[] { results[0], results[1], results[3] }
            .Select(result => result!["data"]!["meta"]!["lastModified"]!.GetValue<string>()).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), times);
        var next = (await ann.PostAsync("/contacts", Custom("Next"))).ShouldBe(201);
        Assert.Equal(first + 5, next["meta"]!["version"]!.GetValue<long>());
        Assert.True(string.CompareOrdinal(next["meta"]!["lastModified"]!.GetValue<string>(), times[^1]) > 0);
    }

    [Fact]
    public async Task Marks_what_is_already_there_as_unchanged()
    {
        var ann = await service.AgentAsync();
        var group = await ann.AddGroupAsync("Friends");
        string[] operations =
        [
            Put("/contacts/a", Custom("A", $$""","groups":["{{group}}"],"custom":{"k":1}""")),
            Put("/contacts/b", Custom("B")),
            Patch("/contacts/b", """{"title":null,"displayName":"B"}"""),
        ];
        await ann.BulkAsync(operations);
        var before = await ann.GetAsync("/contacts");

        var results = await ann.BulkAsync(operations);

        Assert.Equal([200, 200, 200], results.Statuses());
        Assert.All(results, result => Assert.True(result!["unchanged"]!.GetValue<bool>()));
        Assert.Equal((await ann.GetAsync("/contacts/a")).ETag, results[0]!["etag"]!.GetValue<string>());
        var after = await ann.GetAsync("/contacts");
        Assert.Equal(before.ETag, after.ETag);
        Assert.Equal(before.Text, after.Text);
    }

    [Fact]
    public async Task A_change_of_groups_alone_is_a_change()
    {
        var ann = await service.AgentAsync();
        var group = await ann.AddGroupAsync("Friends");
        await ann.BulkAsync(Put("/contacts/a", Custom("A", $$""","groups":["{{group}}"]""")));

        var results = await ann.BulkAsync(Put("/contacts/a", Custom("A")));

        Assert.Null(results[0]!["unchanged"]);
        Assert.NotEqual(group, results[0]!["data"]!["groups"]![0]!.GetValue<string>());
        Assert.Equal(0, (await ann.GetAsync($"/groups/{group}"))["memberCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Holds_preconditions()
    {
        var ann = await service.AgentAsync();
        var etag = (await ann.PutAsync("/contacts/a", Custom("A"))).ShouldBe(201).ETag!;

        var results = await ann.BulkAsync(
            If(Put("/contacts/a", Custom("A2")), "ifMatch", "\"00000000-1\""),
            If(Put("/contacts/a", Custom("A2")), "ifMatch", $"\"00000000-1\", {etag}"),
            If(Patch("/contacts/a", """{"title":"T"}"""), "ifMatch", etag),
            If(Put("/contacts/a", Custom("A3")), "ifNoneMatch", "*"),
            If(Put("/contacts/b", Custom("B")), "ifNoneMatch", "*"),
            If(Put("/contacts/c", Custom("C")), "ifMatch", "*"),
            If(Delete("/contacts/a"), "ifMatch", "*"),
            If(Delete("/contacts/b"), "ifMatch", "stale"));

        Assert.Equal([412, 200, 412, 412, 201, 412, 204, 400], results.Statuses());
        Assert.Equal(etag, results[0].ShouldFail(412, "stale")["etag"]!.GetValue<string>());
        Assert.Equal(results[1]!["etag"]!.GetValue<string>(), results[2]!["etag"]!.GetValue<string>());
        Assert.Null(results[5]!["etag"]);
        results[7].ShouldFail(400, "invalid-header");
    }

    [Fact]
    public async Task A_conflict_names_the_id()
    {
        var ann = await service.AgentAsync();
        await ann.PutAsync("/contacts/a", Custom("A"));

        var results = await ann.BulkAsync(Post("/contacts", Custom("A", ""","contactId":"a" """)));

        Assert.Equal("a", results[0].ShouldFail(409, "contact-exists", "contactId")["problem"]!["contactId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_bulkId_names_what_an_earlier_operation_makes()
    {
        var ann = await service.AgentAsync();

        var results = await ann.BulkAsync(
            Post("/groups", """{"displayName":"Friends"}""", "friends"),
            Post("/contacts", Custom("Joe", ""","groups":["bulkId:friends"]"""), "joe"),
            Put("/contacts/eve", Custom("Eve"), "eve"),
            Patch("/contacts/bulkId:joe", """{"title":"Head"}"""),
            Put("/groups/bulkId%3Afriends/members/bulkId:eve"),
            Post("/groups", """{"displayName":"Others","members":["bulkId:joe"]}"""),
            Post("/groups/bulkId:friends/members", """{"remove":["bulkId:joe"]}"""),
            Patch("/contacts/eve", """{"groups":["bulkId:friends"]}"""));

        Assert.Equal([201, 201, 201, 200, 204, 201, 200, 200], results.Statuses());
        var joe = results[1].Data("contactId");
        Assert.Equal(joe, results[5]!["data"]!["members"]![0]!.GetValue<string>());
        Assert.Equal(["eve"], results[6]!["data"]!["members"]!.AsArray().Select(id => id!.GetValue<string>()));
        var group = Assert.Single((await ann.GetAsync("/contacts/eve"))["groups"]!.AsArray())!;
        Assert.Equal(results[0].Data("groupId"), group.GetValue<string>());
    }

    [Fact]
    public async Task Refuses_a_reference_to_nothing_or_to_a_failure()
    {
        var ann = await service.AgentAsync();

        var results = await ann.BulkAsync(
            Post("/contacts", Custom("A", ""","groups":["bulkId:later"]""")),
            Post("/groups", """{"displayName":"Friends"}""", "later"),
            Post("/groups", """{"displayName":"friends"}""", "failed"),
            Post("/contacts", Custom("A", ""","groups":["bulkId:failed"]"""), "a"),
            Delete("/contacts/bulkId:a"),
            Delete("/contacts/bulkId:nobody"),
            Put("/groups/bulkId:later/members/bulkId:later"));

        results[0].ShouldFail(400, "invalid-members", "groups[0]");
        results[2].ShouldFail(409, "group-name-taken", "displayName");
        results[3].ShouldFail(424, "failed-dependency", "groups[0]");
        results[4].ShouldFail(424, "failed-dependency", "path");
        results[5].ShouldFail(400, "invalid-members", "path");
        results[6].ShouldFail(400, "invalid-members", "path");
        Assert.Contains("'failed'", results[3]!["problem"]!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await ann.GetAsync("/contacts")).Values("contacts", "contactId"));
    }

    [Fact]
    public async Task Keeps_what_another_adapter_has_stored()
    {
        var ann = await service.AgentAsync();
        var webex = (await ann.PostAsync("/encrypt/Users/contacts", """
            {"schemas":"urn:cisco:codev:identity:contact:core:1.0","contactType":"CUSTOM","displayName":"plain","onlyWebex":"kept",
             "encryptionKeyUrl":"kms://x","kmsResourceObjectUrl":"kms://y"}
            """));
        var id = webex.ShouldBe(201).Value("contactId");

        await ann.BulkAsync(Put($"/contacts/{id}", Custom("Native")), Put($"/contacts/{id}", Custom("Native 2")));

        await using var read = service.Database.CreateCommand("SELECT extension FROM contact WHERE organization = $1 AND contact_id = $2");
        read.Parameters.Add(new() { Value = ann.Organization });
        read.Parameters.Add(new() { Value = id });
        Assert.Contains("onlyWebex", (string)(await read.ExecuteScalarAsync())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_directory_in_own_CLOUD_contacts()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var queue = (await admin.PostAsync("/queues", """{"name":"Billing"}""")).ShouldBe(201).Value("queueId");

        var results = await ann.BulkAsync(
            Put($"/contacts/{queue}", Custom("Mine")),
            If(Put($"/contacts/{queue}", """{"contactType":"CLOUD"}"""), "ifMatch", "\"00000000-1\""),
            Put($"/contacts/{queue}", """{"contactType":"CLOUD"}"""),
            Patch($"/contacts/{queue}", """{"notes":"Calls back"}"""),
            Patch($"/contacts/{queue}", """{"displayName":"Other"}"""),
            Put($"/contacts/{queue}", """{"contactType":"CLOUD","notes":"Calls back"}"""),
            Post("/contacts", """{"contactType":"CLOUD","contactId":"unknown","displayName":"Somebody"}"""));

        results[0].ShouldFail(403, "directory-read-only");
        results[1].ShouldFail(412, "stale");
        Assert.Equal(201, results[2].Status());
        Assert.Equal("Billing", results[2].Data("displayName"));
        Assert.Equal("ann", results[2].Data("ownerId"));
        Assert.True(results[2]!["data"]!["resolved"]!.GetValue<bool>());
        Assert.Equal(200, results[3].Status());
        results[4].ShouldFail(400, "invalid-members", "displayName");
        Assert.True(results[5]!["unchanged"]!.GetValue<bool>());
        Assert.False(results[6]!["data"]!["resolved"]!.GetValue<bool>());
        results[5].ShouldShow(await ann.GetAsync($"/contacts/{queue}"));
    }

    [Fact]
    public async Task Writes_contacts_of_the_organization_for_admins_only()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var taxi = Put("/contacts/taxi", Custom("Taxi", $$""","ownerId":"{{admin.Organization}}" """));

        (await ann.BulkAsync(taxi))[0].ShouldFail(403, "forbidden");
        var made = await admin.BulkAsync(taxi, Put("/contacts/mine", Custom("Mine")), Patch("/contacts/taxi", """{"title":"Cab"}"""), taxi);
        Assert.Equal([201, 201, 200, 200], made.Statuses());
        Assert.Equal(admin.Organization, made[0].Data("ownerId"));
        Assert.Null(made[0]!["data"]!["groups"]);

        var refused = await ann.BulkAsync(
            Put("/contacts/taxi", Custom("Taxi")), Patch("/contacts/taxi", """{"title":"X"}"""), Delete("/contacts/taxi"));
        Assert.All(refused, result => result.ShouldFail(403, "forbidden"));
        (await ann.BulkAsync(If(Put("/contacts/taxi", Custom("Taxi")), "ifNoneMatch", "*")))[0].ShouldFail(412, "stale");

        var cab = Put("/contacts/taxi", Custom("Cab"));
        var changed = await admin.BulkAsync(cab, cab, Delete("/contacts/mine"));
        Assert.Equal([200, 200, 204], changed.Statuses());
        Assert.True(changed[1]!["unchanged"]!.GetValue<bool>());
        Assert.Equal((await ann.GetAsync("/contacts/taxi")).ETag, changed[1]!["etag"]!.GetValue<string>());
        var removed = await admin.BulkAsync(Delete("/contacts/taxi"), Delete("/contacts/taxi"));
        Assert.Equal([204, 404], removed.Statuses());
        (await ann.GetAsync("/contacts/taxi")).ShouldBe(404);
    }

    [Fact]
    public async Task Another_users_book_stays_invisible()
    {
        var ann = await service.AgentAsync();
        var ben = await service.PersonAsync(ann.Organization, "ben", "admin");
        await ann.PutAsync("/contacts/a", Custom("Ann's"));
        var group = await ann.AddGroupAsync("Ann's");

        var results = await ben.BulkAsync(
            Delete("/contacts/a"),
            Patch("/contacts/a", """{"title":"T"}"""),
            Delete($"/groups/{group}"),
            Put($"/groups/{group}/members/a"),
            Put("/contacts/a", Custom("Ben's")),
            Post("/contacts", Custom("B", $$""","groups":["{{group}}"]""")));

        Assert.Equal([404, 404, 404, 404, 201, 400], results.Statuses());
        Assert.Equal("Ann's", (await ann.GetAsync("/contacts/a")).Value("displayName"));
    }
}
