using static ContactsService.Tests.Bulk.BulkCalls;

namespace ContactsService.Tests.Bulk;

/// <summary>Operations on groups and members in POST /bulk.</summary>
public class BulkGroupTests(Service service)
{
    [Fact]
    public async Task Refuses_references_to_the_other_kind()
    {
        var ann = await service.AgentAsync();
        var group = await ann.AddGroupAsync("Friends");
        await ann.PutAsync("/contacts/a", Custom("A", $""","groups":["{group}"]"""));

        var results = await ann.BulkAsync(
            Put($"/contacts/{group}", Custom("B"), "x"),
            Delete("/groups/bulkId:x"),
            Patch("/groups/bulkId:x", """{"displayName":"Others"}"""),
            Post("/groups", """{"displayName":"Others"}""", "y"),
            Patch("/contacts/bulkId:y", """{"title":"Head"}"""),
            Post("/groups", """{"displayName":"More","members":["bulkId:y"]}"""));

        Assert.Equal([201, 400, 400, 201, 400, 400], results.Statuses());
        results[1].ShouldFail(400, "invalid-members", "path");
        results[5].ShouldFail(400, "invalid-members", "members[0]");
        Assert.Equal(group, (await ann.GetAsync("/contacts/a"))["groups"]![0]!.GetValue<string>());
        Assert.Equal("Friends", (await ann.GetAsync($"/groups/{group}"))["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Deletes_by_reference_a_group_that_had_contacts_before()
    {
        var ann = await service.AgentAsync();
        var group = await ann.AddGroupAsync("Friends");
        await ann.PutAsync("/contacts/a", Custom("A", $""","groups":["{group}"]"""));

        var results = await ann.BulkAsync(
            Put($"/groups/{group}", """{"displayName":"Old friends"}""", "friends"),
            Delete("/groups/bulkId:friends"));

        Assert.Equal([200, 204], results.Statuses());
        var place = Assert.Single((await ann.GetAsync("/contacts/a"))["groups"]!.AsArray())!.GetValue<string>();
        Assert.Equal("Other contacts", (await ann.GetAsync($"/groups/{place}"))["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Writes_groups_as_single_operations_do()
    {
        var ann = await service.AgentAsync();
        var id = Guid.NewGuid();
        await ann.PutAsync("/contacts/a", Custom("A"));

        var results = await ann.BulkAsync(
            Put($"/groups/{id}", """{"displayName":"Friends"}"""),
            Put($"/groups/{id}", """{"displayName":"Friends","members":["a"]}"""),
            Patch($"/groups/{id}", """{"displayName":"Best friends","groupType":"EXTERNAL"}"""),
            Patch($"/groups/{id}", """{"displayName":"Best friends"}"""));

        Assert.Equal([201, 200, 200, 200], results.Statuses());
        Assert.True(results[3]!["unchanged"]!.GetValue<bool>());
        results[3].ShouldShow(await ann.GetAsync($"/groups/{id}"));
    }

    [Fact]
    public async Task Swaps_the_names_of_groups()
    {
        var ann = await service.AgentAsync();
        var one = await ann.AddGroupAsync("One");
        var two = await ann.AddGroupAsync("Two");

        var results = await ann.BulkAsync(
            Patch($"/groups/{one}", """{"displayName":"Three"}"""), Patch($"/groups/{two}", """{"displayName":"One"}"""),
            Patch($"/groups/{one}", """{"displayName":"Two"}"""), Patch($"/groups/{two}", """{"displayName":"tWO"}"""));

        Assert.Equal([200, 200, 200, 409], results.Statuses());
        Assert.Equal(one, results[3]!["problem"]!["groupId"]!.GetValue<string>());
        Assert.Equal("Two", (await ann.GetAsync($"/groups/{one}")).Value("displayName"));
        Assert.Equal("One", (await ann.GetAsync($"/groups/{two}")).Value("displayName"));
    }

    [Fact]
    public async Task Keeps_the_contacts_of_a_deleted_group_or_deletes_them()
    {
        var ann = await service.AgentAsync();
        var one = await ann.AddGroupAsync("One");
        var two = await ann.AddGroupAsync("Two");
        await ann.BulkAsync(
            Put("/contacts/a", Custom("A", $$""","groups":["{{one}}"]""")), Put("/contacts/b", Custom("B", $$""","groups":["{{two}}"]""")),
            Put("/contacts/c", Custom("C", $$""","groups":["{{one}}","{{two}}"]""")));

        var results = await ann.BulkAsync(
            Delete($"/groups/{one}"), Delete($"/groups/{two}?contacts=delete"), Delete($"/groups/{two}"), Delete("/contacts/b"));

        Assert.Equal([204, 204, 404, 404], results.Statuses());
        var book = await ann.GetAsync("/contacts");
        Assert.Equal(["a"], book.Values("contacts", "contactId"));
        var group = Assert.Single(book["groups"]!.AsArray())!;
        Assert.True(group["isDefault"]!.GetValue<bool>());
        Assert.Equal(1, group["memberCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Holds_the_rules_of_the_default_group()
    {
        var ann = await service.AgentAsync();
        await ann.PutAsync("/contacts/a", Custom("A"));
        var home = (await ann.GetAsync("/groups"))["groups"]![0]!["groupId"]!.GetValue<string>();

        var results = await ann.BulkAsync(
            Delete($"/groups/{home}"),
            Delete($"/groups/{home}/members/a"),
            Post($"/groups/{home}/members", """{"remove":["a"]}"""),
            Put($"/groups/{home}", """{"displayName":"Home","members":[]}"""),
            Put($"/groups/{home}/members/a"),
            Post($"/groups/{home}/members", """{"add":["a","nobody"]}"""),
            Post("/groups", """{"displayName":"Friends"}""", "friends"),
            Put("/groups/bulkId:friends/members/a"),
            Delete($"/groups/{home}/members/a"),
            Delete($"/groups/{home}"),
            Delete($"/groups/bulkId:friends/members/a"));

        Assert.Equal([409, 409, 409, 409, 204, 400, 201, 204, 204, 204, 204], results.Statuses());
        Assert.Equal("default-group-in-use", results[0].Code());
        Assert.Equal("last-group", results[1].Code());
        Assert.True(results[4]!["unchanged"]!.GetValue<bool>());
        results[5].ShouldFail(400, "invalid-members", "add[1]");
        var groups = (await ann.GetAsync("/groups?fields=displayName,isDefault,members"))["groups"]!.AsArray();
        Assert.Equal(["Friends", "Other contacts"], groups.Select(group => group!["displayName"]!.GetValue<string>()));
        Assert.Equal("a", groups[1]!["members"]![0]!.GetValue<string>());
        Assert.NotEqual(home, groups[1]!["groupId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_contact_is_in_at_most_100_groups()
    {
        var ann = await service.AgentAsync();
        await ann.PutAsync("/contacts/a", Custom("A"));

        var results = await ann.BulkAsync(
            [.. Enumerable.Range(0, 100).Select(i => Post("/groups", $$"""{"displayName":"G{{i}}","members":["a"]}"""))]);

        Assert.All(results.Take(99), result => Assert.Equal(201, result.Status()));
        results[99].ShouldFail(409, "group-limit");
        Assert.Equal(100, (await ann.GetAsync("/contacts/a"))["groups"]!.AsArray().Count);
        Assert.DoesNotContain("G99", (await ann.GetAsync("/groups?pageSize=200")).Values("groups", "displayName"));
    }

    [Fact]
    public async Task Creates_the_default_group_once()
    {
        var ann = await service.AgentAsync();

        var results = await ann.BulkAsync(Post("/groups", """{"displayName":"Other contacts"}"""), Post("/contacts", Custom("A")));

        Assert.Equal([201, 201], results.Statuses());
        Assert.True(results[0]!["data"]!["isDefault"]!.GetValue<bool>());
        Assert.Equal(results[0].Data("groupId"), results[1]!["data"]!["groups"]![0]!.GetValue<string>());
        Assert.Single((await ann.GetAsync("/groups"))["groups"]!.AsArray());
    }
}
