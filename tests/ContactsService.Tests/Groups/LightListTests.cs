namespace ContactsService.Tests.Groups;

/// <summary>Lists are as large as what was asked for: groups come with their number of members, without the members.</summary>
public class LightListTests(Service service)
{
    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts?fields=displayName")]
    [InlineData("/contacts?fields=groups")]
    [InlineData("/groups")]
    [InlineData("/groups?fields=memberCount")]
    public async Task Shows_how_many_members_a_group_has(string path)
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        await ann.AddContactAsync("Sue");

        var group = Assert.Single((await ann.GetAsync(path)).ShouldBe(200)["groups"]!.AsArray())!;

        Assert.Equal(2, group["memberCount"]!.GetValue<int>());
        Assert.Null(group["members"]);
    }

    [Theory]
    [InlineData("/contacts?fields=displayName,members")]
    [InlineData("/groups?fields=displayName,members")]
    public async Task Shows_the_members_on_request(string path)
    {
        var ann = await service.AgentAsync();
        var joe = await ann.AddContactAsync("Joe");
        await ann.AddGroupAsync("Empty");

        var groups = (await ann.GetAsync(path))
            .ShouldBe(200)["groups"]!.AsArray().OrderByDescending(group => group!["displayName"]!.GetValue<string>()).ToList();

        Assert.Equal($"[\"{joe}\"]", groups[0]!["members"]!.ToJsonString());
        Assert.Equal("[]", groups[1]!["members"]!.ToJsonString());
    }

    [Fact]
    public async Task Shows_the_members_of_one_group()
    {
        var ann = await service.AgentAsync();
        var joe = await ann.AddContactAsync("Joe");
        var group = await ann.AddGroupAsync("Friends");
        (await ann.PutAsync($"/groups/{group}/members/{joe}")).ShouldBe(204);

        var read = (await ann.GetAsync($"/groups/{group}")).ShouldBe(200);

        Assert.Equal(1, read["memberCount"]!.GetValue<int>());
        Assert.Equal($"[\"{joe}\"]", read["members"]!.ToJsonString());
        (await ann.PutAsync($"/groups/{group}", read.Text)).ShouldBe(200); // as it was read
    }

    [Fact]
    public async Task Counts_the_members_through_every_write()
    {
        var ann = await service.AgentAsync();
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await ann.AddContactAsync($"Contact {i}"));
        }

        var friends = await ann.AddGroupAsync("Friends");
        var work = (await ann.PostAsync("/groups", $$"""{"displayName":"Work","members":["{{ids[0]}}","{{ids[1]}}","{{ids[2]}}"]}"""))
            .ShouldBe(201).Value("groupId");
        (await ann.PostAsync($"/groups/{friends}/members", $$"""{"add":["{{ids[0]}}","{{ids[3]}}"]}""")).ShouldBe(200);
        (await ann.PatchAsync($"/contacts/{ids[4]}", $$"""{"groups":["{{friends}}"]}""")).ShouldBe(200);
        (await ann.PutAsync($"/groups/{work}", $$"""{"displayName":"Work","members":["{{ids[1]}}","{{ids[5]}}"]}""")).ShouldBe(200);
        (await ann.DeleteAsync($"/contacts/{ids[1]}")).ShouldBe(204);
        (await ann.DeleteAsync($"/groups/{friends}/members/{ids[4]}")).ShouldBe(204);
        (await ann.DeleteAsync($"/groups/{friends}")).ShouldBe(204);
        (await ann.DeleteAsync($"/groups/{work}?contacts=delete")).ShouldBe(204);
        await ann.AddGroupAsync("Last");

        var list = (await ann.GetAsync("/groups?fields=memberCount,members,displayName")).ShouldBe(200);

        Assert.All(
            list["groups"]!.AsArray(), group => Assert.Equal(group!["members"]!.AsArray().Count, group["memberCount"]!.GetValue<int>()));
        Assert.Equal(5, list["groups"]!.AsArray().Max(group => group!["memberCount"]!.GetValue<int>()));
    }
}
