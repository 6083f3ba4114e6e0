using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Changes;

public class ChangesTests(Service service)
{
    [Fact]
    public async Task Begin_with_everything_there_is()
    {
        var ann = await service.AgentAsync();
        var group = await ann.AddGroupAsync("Friends");
        var joe = await ann.AddContactAsync("Joe");

        var reply = await ann.ChangesAsync();

        Assert.False(reply["more"]!.GetValue<bool>());
        var changes = reply["changes"]!.AsArray();
        Assert.Equal(["group", "contact", "group"], changes.Select(change => change!["kind"]!.GetValue<string>()));
        Assert.Equal(group, changes[0]!["id"]!.GetValue<string>());
        Assert.Equal("put", changes[1]!["op"]!.GetValue<string>());
        Assert.Equal(joe, changes[1]!["id"]!.GetValue<string>());
        Assert.Equal((await ann.GetAsync($"/contacts/{joe}")).Json.ToJsonString(), changes[1]!["contact"]!.ToJsonString());
        Assert.Equal(changes[1]!["version"]!.ToJsonString(), changes[1]!["contact"]!["meta"]!["version"]!.ToJsonString());
        Assert.Equal("Other contacts", changes[2]!["group"]!["displayName"]!.GetValue<string>());
        Assert.Equal(1, changes[2]!["group"]!["memberCount"]!.GetValue<int>());
        Assert.Null(changes[2]!["group"]!["members"]);
    }

    [Fact]
    public async Task Create_nothing()
    {
        var ann = await service.AgentAsync();

        var first = await ann.ChangesAsync();

        Assert.Equal("[]", first["changes"]!.ToJsonString());
        Assert.False(first["more"]!.GetValue<bool>());
        await using var count = service.Database.CreateCommand($"SELECT count(*) FROM book WHERE organization = '{ann.Organization}'");
        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Contain_a_group_with_the_nil_UUID()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        var token = (await ann.FollowAsync()).Token;

        (await ann.PutAsync($"/groups/{Guid.Empty}", """{"displayName":"Nil"}""")).ShouldBe(201);

        Assert.Equal("put Nil", await ann.TextsAsync(token));
    }

    [Fact]
    public async Task Go_on_after_a_token()
    {
        var ann = await service.AgentAsync();
        var joe = await ann.AddContactAsync("Joe");
        var token = (await ann.FollowAsync()).Token;

        Assert.Equal("", await ann.TextsAsync(token));
        await ann.PatchAsync($"/contacts/{joe}", """{"displayName":"Joseph"}""");
        Assert.Equal("put Joseph", await ann.TextsAsync(token));
        Assert.Equal("put Joseph", await ann.TextsAsync(token));
        await ann.DeleteAsync($"/contacts/{joe}");
        Assert.Equal($"delete {joe}|put Other contacts", await ann.TextsAsync(token));
    }

    [Fact]
    public async Task Give_a_token_alone_for_now()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");

        var reply = await ann.ChangesAsync("now");
        await ann.AddContactAsync("Sue");

        Assert.Equal("[]", reply["changes"]!.ToJsonString());
        Assert.False(reply["more"]!.GetValue<bool>());
        Assert.Equal("put Sue|put Other contacts", await ann.TextsAsync(reply.Value("nextToken")));
    }

    [Fact]
    public async Task Show_a_resource_once_as_it_is_now()
    {
        var ann = await service.AgentAsync();
        var token = await ann.NowAsync();
        var joe = await ann.AddContactAsync("Joe");
        await ann.PatchAsync($"/contacts/{joe}", """{"displayName":"Joseph"}""");
        await ann.AddContactAsync("Sue");
        await ann.PatchAsync($"/contacts/{joe}", """{"displayName":"Josephine"}""");

        Assert.Equal("put Sue|put Other contacts|put Josephine", await ann.TextsAsync(token));
    }

    [Fact]
    public async Task Leave_out_what_was_deleted_before_a_first_copy_began()
    {
        var ann = await service.AgentAsync();
        await ann.DeleteAsync($"/contacts/{await ann.AddContactAsync("Joe")}");
        await ann.AddContactAsync("Sue");

        Assert.Equal("put Sue|put Other contacts", ChangeCalls.Texts((await ann.FollowAsync()).Changes));
    }

    [Fact]
    public async Task Delete_what_was_deleted_after_its_page_was_sent()
    {
        var ann = await service.AgentAsync();
        var joe = await ann.AddContactAsync("Joe");
        await ann.AddContactAsync("Sue");

        var (changes, _) = await ann.FollowAsync(
            pageSize: 1, between: page => page == 1 ? ann.DeleteAsync($"/contacts/{joe}") : Task.CompletedTask);

        Assert.Equal($"put Joe|put Sue|delete {joe}|put Other contacts", ChangeCalls.Texts(changes));
    }

    [Fact]
    public async Task Put_what_exists_again_once()
    {
        var ann = await service.AgentAsync();
        await ann.PutAsync("/contacts/joe", """{"contactType":"CUSTOM","displayName":"Joe"}""");
        var token = await ann.NowAsync();
        await ann.DeleteAsync("/contacts/joe");
        await ann.PutAsync("/contacts/joe", """{"contactType":"CUSTOM","displayName":"Joe II"}""");

        Assert.Equal("put Joe II|put Other contacts", await ann.TextsAsync(token));
    }

    [Fact]
    public async Task Put_the_entry_of_the_directory_when_the_own_contact_is_deleted()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        await ann.TakeAsync(joe, ""","primaryContactMethod":"MOBILE" """);
        var token = (await ann.FollowAsync()).Token;

        (await ann.DeleteAsync($"/contacts/{joe}")).ShouldBe(204);

        var changes = (await ann.FollowAsync(token)).Changes;
        var change = Assert.Single(changes, change => change["kind"]!.GetValue<string>() == "contact");
        Assert.Equal("put", change["op"]!.GetValue<string>());
        Assert.Equal(ann.Organization, change["contact"]!["ownerId"]!.GetValue<string>());
        Assert.Equal((await ann.GetAsync($"/contacts/{joe}")).Json.ToJsonString(), change["contact"]!.ToJsonString());
    }

    [Fact]
    public async Task Show_changes_of_the_directory_in_own_contacts()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        await ann.TakeAsync(joe, ""","primaryContactMethod":"MOBILE" """);
        var token = await ann.NowAsync();

        await admin.RenameAsync(joe, "Joe Jones");

        var change = Assert.Single((await ann.FollowAsync(token)).Changes);
        Assert.Equal("Joe Jones", change["contact"]!["displayName"]!.GetValue<string>());
        Assert.Equal("MOBILE", change["contact"]!["primaryContactMethod"]!.GetValue<string>());
        Assert.Equal("ann", change["contact"]!["ownerId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Delete_a_person_who_has_left_and_keep_an_own_contact_unresolved()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var token = await admin.NowAsync();
        await ann.TakeAsync(joe);
        var own = await ann.NowAsync();

        await admin.DeactivateAsync(joe);

        Assert.Equal($"delete {joe}", await admin.TextsAsync(token));
        var change = Assert.Single((await ann.FollowAsync(own)).Changes);
        Assert.False(change["contact"]!["resolved"]!.GetValue<bool>());
        await admin.ReactivateAsync(joe);
        Assert.Equal("put Joe Johnson", await admin.TextsAsync(token));
    }

    [Fact]
    public async Task Show_each_entry_of_the_directory_once_in_a_first_copy()
    {
        var scene = await Scene.MakeAsync(service);

        foreach (var size in new[] { 1, 2, 100 })
        {
            var (changes, _) = await scene.Ann.FollowAsync(pageSize: size);

            Assert.DoesNotContain(changes, change => change["op"]!.GetValue<string>() == "delete");
            Assert.Equal(changes.Count, changes.Select(change => change["id"]!.GetValue<string>()).Distinct().Count());
            var copy = new Copy();
            copy.Apply(changes);
            await copy.ShouldBeWhatIsListedAsync(scene.Ann);
        }
    }

    [Fact]
    public async Task Give_everybody_the_contacts_of_the_organization()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var (own, shared) = (await ann.NowAsync(), await admin.NowAsync());

        var taxi = await admin.AddSharedAsync("Taxi");
        Assert.Equal("put Taxi", await ann.TextsAsync(own));
        Assert.Equal("put Taxi", await admin.TextsAsync(shared));
        (await admin.DeleteAsync($"/contacts/{taxi}")).ShouldBe(204);
        Assert.Equal($"delete {taxi}", await ann.TextsAsync(own));
    }

    [Fact]
    public async Task Show_nothing_of_other_callers_and_organizations()
    {
        var admin = await service.AdminAsync();
        var (ann, bob) = (await service.ColleagueAsync(admin), await service.ColleagueAsync(admin, "bob"));
        var stranger = await service.PersonAsync(Service.NewOrganization(), "ann", "admin");
        var (token, other) = (await bob.NowAsync(), await stranger.NowAsync());

        await ann.AddContactAsync("Joe");
        await ann.AddGroupAsync("Friends");
        await admin.AddContactAsync("Private");

        Assert.Equal("", await bob.TextsAsync(token));
        Assert.Equal("", await stranger.TextsAsync(other));
        Assert.Equal("[]", (await stranger.ChangesAsync())["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task Let_a_membership_travel_with_the_contact()
    {
        var ann = await service.AgentAsync();
        var friends = await ann.AddGroupAsync("Friends");
        var joe = await ann.AddContactAsync("Joe");
        var token = await ann.NowAsync();

        (await ann.PutAsync($"/groups/{friends}/members/{joe}")).ShouldBe(204);

        var changes = (await ann.FollowAsync(token)).Changes;
        Assert.Contains(friends, changes.Single(change => change["id"]!.GetValue<string>() == joe)["contact"]!["groups"]!
            .AsArray().Select(group => group!.GetValue<string>()));
        Assert.Equal(1, changes.Single(change => change["id"]!.GetValue<string>() == friends)["group"]!["memberCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Delete_groups_and_put_the_contacts_that_they_leave()
    {
        var ann = await service.AgentAsync();
        var friends = await ann.AddGroupAsync("Friends");
        await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","groups":["{{friends}}"]}""");
        var token = await ann.NowAsync();

        (await ann.DeleteAsync($"/groups/{friends}")).ShouldBe(204);

        Assert.Equal($"delete {friends}|put Joe|put Other contacts", Sorted(await ann.TextsAsync(token)));
    }

    [Theory]
    [InlineData("pageSize=0", "invalid-filter", "pageSize")]
    [InlineData("pageSize=1001", "invalid-filter", "pageSize")]
    [InlineData("pageSize=x", "invalid-filter", "pageSize")]
    [InlineData("since=now&since=now", "invalid-filter", "since")]
    [InlineData("pagesize=1", "unknown-parameter", "pagesize")]
    [InlineData("sort=displayName", "unknown-parameter", "sort")]
    public async Task Refuse_parameters_that_are_unknown_or_out_of_range(string query, string code, string member) =>
        (await (await service.AgentAsync()).GetAsync($"/changes?{query}")).ShouldBeProblem(400, code, member);

    [Fact]
    public async Task Have_at_most_as_many_entries_as_asked_for()
    {
        var ann = await service.AgentAsync();
        for (var i = 0; i < 4; i++)
        {
            await ann.AddContactAsync($"Joe {i}");
        }

        var reply = await ann.ChangesAsync(more: "pageSize=3");
        Assert.Equal(3, reply["changes"]!.AsArray().Count);
        Assert.True(reply["more"]!.GetValue<bool>());
        Assert.False((await ann.ChangesAsync(more: "pageSize=1000"))["more"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Answer_HEAD_without_a_body()
    {
        var ann = await service.AgentAsync();

        var reply = (await ann.SendAsync(HttpMethod.Head, "/changes", null, [])).ShouldBe(200);

        Assert.Equal("", reply.Text);
        Assert.Equal("application/json; charset=utf-8", reply.Headers["Content-Type"]);
    }

    [Fact]
    public async Task End_a_page_at_8_MiB()
    {
        var ann = await service.AgentAsync();
        var text = new string('x', 16_000);
        var custom = string.Join(',', Enumerable.Range(0, 15).Select(i => $"\"k{i}\":\"{text}\""));
        for (var i = 0; i < 40; i++)
        {
            (await ann.PostAsync(
                "/contacts", $$$"""{"contactType":"CUSTOM","displayName":"Joe {{{i}}}","custom":{ {{{custom}}} }}""")).ShouldBe(201);
        }

        var page = await ann.ChangesAsync(more: "pageSize=1000");

        Assert.True(page["more"]!.GetValue<bool>());
        Assert.InRange(page.Text.Length, 8_000_000, 9_000_000);
        Assert.Equal(41, (await ann.FollowAsync(pageSize: 1000)).Changes.Count);
    }

    // Groups that one write has changed come in the order of their ids.
    private static string Sorted(string texts) => string.Join('|', texts.Split('|').Order(StringComparer.Ordinal));
}
