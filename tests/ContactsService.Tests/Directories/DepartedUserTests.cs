namespace ContactsService.Tests.Directories;

/// <summary>What stays of a user who is deactivated or deleted.</summary>
public class DepartedUserTests(Service service)
{
    [Theory]
    [InlineData("deactivated")]
    [InlineData("deleted")]
    public async Task Only_the_name_remains_and_only_in_books_that_contain_the_user(string how)
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");
        var group = (await ann.TakeAsync(joe, ""","primaryContactMethod":"MOBILE" """))["groups"]![0]!.GetValue<string>();

        await LeaveAsync(admin, joe, how);

        (await ann.GetAsync($"/contacts/{joe}")).ShouldShow($$"""
            {"contactId":"{{joe}}","contactType":"CLOUD","type":"User","displayName":"Joe Johnson","primaryContactMethod":"MOBILE",
             "ownerId":"ann","groups":["{{group}}"],"resolved":false}
            """);
        Assert.Equal("Joe Johnson", await ann.NamesAsync());
        Assert.Equal("Joe Johnson", await ann.NamesAsync("?resolved=false"));
        Assert.Equal("Joe Johnson", await ann.NamesAsync("?displayName=joe%20johnson"));
        Assert.Equal("", await ann.NamesAsync("?resolved=true"));
        Assert.Equal("", await ann.NamesAsync("?userName=joej"));
        Assert.Equal("", await ann.NamesAsync("?lastName=Johnson"));
        Assert.Equal("", await ann.NamesAsync("?phoneNumber=15550100199"));
        Assert.Equal("", await ann.NamesAsync("?emails=joe@example.com"));
        foreach (var other in new[] { ben, admin })
        {
            Assert.Equal("", await other.NamesAsync());
            Assert.Equal("", await other.NamesAsync("?resolved=false"));
            Assert.Equal("", await other.NamesAsync($"?contactId={joe}"));
            (await other.GetAsync($"/contacts/{joe}")).ShouldBeProblem(404, "not-found");
            (await other.PatchAsync($"/contacts/{joe}", "{}")).ShouldBeProblem(404, "not-found");
            (await other.DeleteAsync($"/contacts/{joe}")).ShouldBeProblem(404, "not-found");
        }
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("deleted")]
    public async Task The_Genesys_API_shows_the_same(string how)
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var ann = await service.ColleagueAsync(admin);
        await ann.TakeAsync(joe);

        await LeaveAsync(admin, joe, how);

        var seen = Assert.Single((await ann.GetAsync("/api/v2/contacts")).ShouldBe(200)["contacts"]!.AsArray())!.AsObject();
        Assert.Equal((joe, "Joe Johnson"), (seen["id"]!.GetValue<string>(), seen["name"]!.GetValue<string>()));
        Assert.False(seen.ContainsKey("userName") || seen.ContainsKey("phoneNumber") || seen.ContainsKey("emailAddress"));
        Assert.Equal(0, (await ann.GetAsync("/api/v2/contacts?userName=joej"))["totalCount"]!.GetValue<int>());
        Assert.Equal(0, (await admin.GetAsync("/api/v2/contacts"))["totalCount"]!.GetValue<int>());
        (await admin.GetAsync($"/api/v2/contacts/{joe}")).ShouldBe(404);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("deleted")]
    public async Task An_own_contact_of_a_departed_user_can_be_changed_and_deleted(string how)
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var ann = await service.ColleagueAsync(admin);
        var friends = await ann.AddGroupAsync("Friends");
        await ann.TakeAsync(joe);
        await LeaveAsync(admin, joe, how);

        (await ann.PatchAsync($"/contacts/{joe}", $$"""{"groups":["{{friends}}"],"primaryContactMethod":"EMAIL"}""")).ShouldBe(200);
        var read = await ann.GetAsync($"/contacts/{joe}");
        Assert.Equal(
            read["groups"]!.ToJsonString(), (await ann.PutAsync($"/contacts/{joe}", read.Text)).ShouldBe(200)["groups"]!.ToJsonString());

        Assert.Equal("Joe Johnson", await ann.NamesAsync($"?groups={friends}&primaryContactMethod=email"));
        (await ann.DeleteAsync($"/contacts/{joe}")).ShouldBe(204);
        (await ann.GetAsync($"/contacts/{joe}")).ShouldBeProblem(404, "not-found");
        Assert.Equal("", await ann.NamesAsync());
    }

    [Fact]
    public async Task A_user_who_returns_is_visible_again_with_all_attributes()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");
        await ann.TakeAsync(joe, ""","primaryContactMethod":"MOBILE" """);
        await admin.DeactivateAsync(joe);

        await admin.ReactivateAsync(joe);

        Assert.Equal("Joe Johnson", await ben.NamesAsync("?userName=joej&resolved=true"));
        Assert.Equal("Joe Johnson", await ann.NamesAsync("?userName=joej&resolved=true&primaryContactMethod=mobile"));
        Assert.Equal("Joe Johnson", await ann.NamesAsync());
        Assert.Equal("Support", (await ann.GetAsync($"/contacts/{joe}")).Value("department"));
    }

    [Fact]
    public async Task A_user_added_as_inactive_is_invisible_until_active()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync($"{DirectoryCalls.Joe},\"active\":false");
        Assert.Equal(("", ""), (await ann.NamesAsync(), await admin.NamesAsync()));
        (await ann.GetAsync($"/contacts/{joe}")).ShouldBeProblem(404, "not-found");

        await admin.ReactivateAsync(joe);

        Assert.Equal("Joe Johnson", await ann.NamesAsync("?userName=joej"));
    }

    [Fact]
    public async Task A_new_user_with_the_same_user_name_is_another_user()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);
        await ann.TakeAsync(joe);
        await admin.DeleteUserAsync(joe);

        var next = await admin.AddNamedUserAsync("joej", "Joseph");

        Assert.NotEqual(joe, next);
        Assert.Equal("Joe|Joseph", await ann.NamesAsync());
        Assert.Equal("Joe", await ann.NamesAsync("?resolved=false"));
        Assert.Equal("Joseph", await ann.NamesAsync("?resolved=true"));
    }

    [Fact]
    public async Task A_departed_user_stays_in_its_groups()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);
        var friends = await ann.AddGroupAsync("Friends");
        await ann.TakeAsync(joe, $$""","groups":["{{friends}}"]""");

        await admin.DeleteUserAsync(joe);

        Assert.Equal([joe], (await ann.GetAsync($"/groups/{friends}"))["members"]!.AsArray().Select(member => member!.GetValue<string>()));
        Assert.Equal("Joe", await ann.NamesAsync($"?groups={friends}"));
    }

    [Fact]
    public async Task An_own_custom_contact_is_kept_when_the_user_with_its_id_leaves()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);
        (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","contactId":"{{joe}}","displayName":"Mine"}""")).ShouldBe(201);

        await admin.DeleteUserAsync(joe);

        Assert.Equal("Mine", await ann.NamesAsync());
        Assert.Null((await ann.GetAsync($"/contacts/{joe}")).ShouldBe(200)["resolved"]);
    }

    private static Task LeaveAsync(Person admin, string id, string how) =>
        how == "deleted" ? admin.DeleteUserAsync(id) : admin.DeactivateAsync(id);
}
