namespace ContactsService.Tests.Groups;

public class GroupTests(Service service)
{
    [Fact]
    public async Task Creates_one_default_group_at_the_first_call_even_if_it_is_a_list()
    {
        var ann = await service.AgentAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => ann.GetAsync(i % 2 == 0 ? "/groups" : "/contacts")));

        var groups = (await ann.GetAsync("/groups")).ShouldBe(200)["groups"]!.AsArray();
        Assert.Equal("Other contacts", Assert.Single(groups)!["displayName"]!.GetValue<string>());
        Assert.True(groups[0]!["isDefault"]!.GetValue<bool>());
        Assert.Equal("NORMAL", groups[0]!["groupType"]!.GetValue<string>());
    }

    [Fact]
    public async Task Is_the_default_group_when_the_first_call_creates_a_group_with_its_name()
    {
        var ann = await service.AgentAsync();

        var made = (await ann.PostAsync("/groups", """{"displayName":"other CONTACTS"}""")).ShouldBe(201);
        Assert.True(made["isDefault"]!.GetValue<bool>());
        var taken = (await ann.PostAsync("/groups", """{"displayName":"Other contacts"}""")).ShouldBeProblem(409, "group-name-taken");
        Assert.Equal(made.Value("groupId"), taken.Value("groupId"));

        (await ann.DeleteAsync(made.Location!)).ShouldBe(204);
        var again = (await ann.PostAsync("/groups", """{"displayName":"Other contacts"}""")).ShouldBe(201);
        Assert.True(again["isDefault"]!.GetValue<bool>());
        Assert.Single((await ann.GetAsync("/groups")).ShouldBe(200)["groups"]!.AsArray());
    }

    [Fact]
    public async Task Is_sent_back_as_it_was_read_however_many_contacts_it_has()
    {
        var ann = await service.AgentAsync();
        await Task.WhenAll(Enumerable.Range(0, 101).Select(i => ann.AddContactAsync($"Joe {i}")));
        var address = $"/groups/{(await ann.GetAsync("/groups"))["groups"]![0]!["groupId"]}";

        var read = (await ann.GetAsync(address)).ShouldBe(200);
        var put = (await ann.PutAsync(address.ToUpperInvariant().Replace("GROUPS", "groups", StringComparison.Ordinal), read.Text))
            .ShouldBe(200);

        Assert.Equal(101, put["members"]!.AsArray().Count);
    }

    [Fact]
    public async Task Is_created_read_replaced_patched_and_deleted()
    {
        var ann = await service.AgentAsync();
        var made = (await ann.PostAsync("/groups", """{"displayName":"Friends","groupType":"EXTERNAL","encryptionKeyUrl":"kms://k"}"""))
            .ShouldBe(201);
        Assert.Equal($"/groups/{made.Value("groupId")}", made.Location);
        Assert.Equal("ann", made.Value("ownerId"));
        Assert.Equal(made.Text, (await ann.GetAsync(made.Location!)).ShouldBe(200).Text);

        var patched = (await ann.PatchAsync(made.Location!, """{"displayName":"Pals","encryptionKeyUrl":null}""", ("If-Match", made.ETag!)))
            .ShouldBe(200);
        Assert.Equal(("Pals", "EXTERNAL"), (patched.Value("displayName"), patched.Value("groupType")));
        Assert.Null(patched["encryptionKeyUrl"]);
        (await ann.PutAsync(made.Location!, """{"displayName":"x"}""", ("If-Match", made.ETag!))).ShouldBeProblem(412, "stale");
        var put = (await ann.PutAsync(made.Location!, patched.Text)).ShouldBe(200);
        Assert.Equal("Pals", put.Value("displayName"));
        (await ann.DeleteAsync(made.Location!, ("If-Match", patched.ETag!))).ShouldBeProblem(412, "stale");
        (await ann.DeleteAsync(made.Location!, ("If-Match", put.ETag!))).ShouldBe(204);
        (await ann.GetAsync(made.Location!)).ShouldBeProblem(404, "not-found");
    }

    [Theory]
    [InlineData("FRIENDS", "friends")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ")]
    public async Task Has_a_unique_name_case_insensitively(string name, string again)
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddGroupAsync(name);
        var other = await ann.AddGroupAsync("Other");

        foreach (var refused in new[]
        {
            await ann.PostAsync("/groups", $$"""{"displayName":"{{again}}"}"""),
            await ann.PatchAsync($"/groups/{other}", $$"""{"displayName":"{{again}}"}"""),
        })
        {
            Assert.Equal(id, refused.ShouldBeProblem(409, "group-name-taken", "displayName").Value("groupId"));
        }

        (await ann.PatchAsync($"/groups/{id}", $$"""{"displayName":"{{again}}"}""")).ShouldBe(200);
    }

    [Fact]
    public async Task Is_created_once_by_thirty_concurrent_requests()
    {
        var ann = await service.AgentAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => ann.PostAsync("/groups", """{"displayName":"Friends"}""")));

        var id = Assert.Single(replies, reply => (int)reply.Status == 201).Value("groupId");
        Assert.All(
            replies.Where(reply => (int)reply.Status != 201),
            reply => Assert.Equal(id, reply.ShouldBeProblem(409, "group-name-taken").Value("groupId")));
    }

    [Theory]
    [InlineData("{}", "displayName")]
    [InlineData("""{"displayName":""}""", "displayName")]
    [InlineData("""{"displayName":"x","groupType":"SECRET"}""", "groupType")]
    [InlineData("""{"displayName":"x","color":"red"}""", "color")]
    [InlineData("""{"displayName":"x","members":["nobody"]}""", "members[0]")]
    [InlineData("""{"displayName":"x","ownerId":"bob"}""", "ownerId")]
    public async Task Refuses_drafts_that_break_a_rule(string json, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/groups", json)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal(["Other contacts"], (await ann.GetAsync("/groups")).Values("groups", "displayName"));
    }

    [Fact]
    public async Task Keeps_its_contacts_when_it_is_deleted()
    {
        var ann = await service.AgentAsync();
        var (a, b) = (await ann.AddGroupAsync("A"), await ann.AddGroupAsync("B"));
        var homeless = (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"1","groups":["{{a}}"]}"""))
            .ShouldBe(201);
        var housed = (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"2","groups":["{{a}}","{{b}}"]}"""))
            .ShouldBe(201);

        (await ann.DeleteAsync($"/groups/{a}?contacts=maybe")).ShouldBe(400);
        (await ann.DeleteAsync($"/groups/{a}")).ShouldBe(204);

        var isDefault = (await ann.GetAsync("/groups?isDefault=true")).Values("groups", "groupId").Single();
        Assert.Equal($"[\"{isDefault}\"]", (await ann.GetAsync(homeless.Location!))["groups"]!.ToJsonString());
        Assert.Equal($"[\"{b}\"]", (await ann.GetAsync(housed.Location!))["groups"]!.ToJsonString());
        (await ann.DeleteAsync($"/groups/{b}?contacts=delete")).ShouldBe(204);
        (await ann.GetAsync(housed.Location!)).ShouldBe(404);
        (await ann.GetAsync(homeless.Location!)).ShouldBe(200);
    }

    [Fact]
    public async Task Is_deleted_as_default_group_only_when_empty_and_then_created_again()
    {
        var ann = await service.AgentAsync();
        var contact = await ann.AddContactAsync("Joe");
        var first = (await ann.GetAsync("/groups")).Values("groups", "groupId").Single();
        (await ann.PatchAsync($"/groups/{first}", """{"displayName":"Everybody"}""")).ShouldBe(200);

        (await ann.DeleteAsync($"/groups/{first}")).ShouldBeProblem(409, "default-group-in-use");
        (await ann.DeleteAsync($"/contacts/{contact}")).ShouldBe(204);
        (await ann.DeleteAsync($"/groups/{first}")).ShouldBe(204);

        Assert.DoesNotContain(first, (await ann.GetAsync("/groups")).ShouldBe(200).Text, StringComparison.Ordinal);
        var next = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Jane"}"""))
            .ShouldBe(201)["groups"]![0]!.GetValue<string>();
        Assert.NotEqual(first, next);
        Assert.Equal(["Other contacts"], (await ann.GetAsync("/groups?isDefault=true")).Values("groups", "displayName"));
    }

    [Fact]
    public async Task Adds_and_removes_members_without_changing_their_attributes()
    {
        var ann = await service.AgentAsync();
        var group = await ann.AddGroupAsync("Friends");
        var contact = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe","title":"Chef"}""")).ShouldBe(201);
        var id = contact.Value("contactId");
        var home = contact["groups"]![0]!.GetValue<string>();

        var put = (await ann.PutAsync($"/groups/{group}/members/{id}")).ShouldBe(204);
        Assert.Equal(put.ETag, (await ann.PutAsync($"/groups/{group}/members/{id}")).ShouldBe(204).ETag);
        var joined = (await ann.GetAsync(contact.Location!)).ShouldBe(200);
        Assert.Equal($"[\"{home}\",\"{group}\"]", joined["groups"]!.ToJsonString());
        Assert.Equal("Chef", joined.Value("title"));
        Assert.NotEqual(contact.ETag, joined.ETag);
        Assert.Equal([id], (await ann.GetAsync($"/contacts?groups={group}")).Values("contacts", "contactId"));

        (await ann.DeleteAsync($"/groups/{home}/members/{id}")).ShouldBe(204);
        (await ann.DeleteAsync($"/groups/{home}/members/{id}")).ShouldBeProblem(404, "not-found");
        Assert.Equal($"[\"{id}\"]", (await ann.GetAsync($"/groups/{group}"))["members"]!.ToJsonString());
        (await ann.DeleteAsync($"/groups/{group}/members/{id}")).ShouldBe(204);
        Assert.Equal($"[\"{home}\"]", (await ann.GetAsync(contact.Location!))["groups"]!.ToJsonString());
        (await ann.DeleteAsync($"/groups/{home}/members/{id}")).ShouldBeProblem(409, "last-group");
        (await ann.PostAsync($"/groups/{group}/members", $$"""{"add":["{{id}}","nobody"]}"""))
            .ShouldBeProblem(400, "invalid-members", "add[1]");
        var many = (await ann.PostAsync($"/groups/{group}/members", $$"""{"add":["{{id}}"],"remove":[]}""")).ShouldBe(200);
        Assert.Equal($"[\"{id}\"]", many["members"]!.ToJsonString());
    }

    [Fact]
    public async Task Lists_by_name_filters_and_pages()
    {
        var ann = await service.AgentAsync();
        foreach (var name in new[] { "b", "A", "c" })
        {
            await ann.AddGroupAsync(name);
        }

        Assert.Equal(["A", "b", "c", "Other contacts"], (await ann.GetAsync("/groups")).Values("groups", "displayName"));
        Assert.Equal(["A"], (await ann.GetAsync("/groups?displayName=a")).Values("groups", "displayName"));
        var first = (await ann.GetAsync("/groups?pageSize=3")).ShouldBe(200);
        Assert.Equal(
            ["Other contacts"],
            (await ann.GetAsync($"/groups?pageSize=3&pageToken={first.Value("nextPageToken")}")).Values("groups", "displayName"));
    }
}
