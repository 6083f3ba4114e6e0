using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class VersionTests(Service service)
{
    private static readonly Contact Joe = new() { ContactType = ContactTypes.Custom, ContactId = "joe", DisplayName = "Joe" };

    [Fact]
    public async Task Refuses_a_stale_write_of_a_contact_and_tells_the_current_version()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var first = await client.Contacts.AddAsync(Joe);
        var second = await client.Contacts.PatchAsync("joe", new() { Title = "Head" }, first.ETag);

        foreach (var write in new Func<Task>[]
        {
            () => client.Contacts.PatchAsync("joe", new() { Title = "Intern" }, first.ETag),
            () => client.Contacts.ReplaceAsync("joe", Joe, first.ETag),
            () => client.Contacts.RemoveAsync("joe", first.ETag),
        })
        {
            var stale = await Assert.ThrowsAsync<ProblemException>(write);
            Assert.Equal((412, "stale", second.ETag, false), (stale.Status, stale.Code, stale.ETag, stale.MayBeDone));
        }

        Assert.Equal("Head", (await client.Contacts.GetAsync("joe")).Title);
        Assert.True(await client.Contacts.RemoveAsync("joe", second.ETag));
    }

    [Fact]
    public async Task Refuses_a_stale_write_of_a_group()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Joe);
        var first = await client.Groups.AddAsync(new() { DisplayName = "Friends" });
        var id = first.GroupId!;
        await client.Groups.AddMemberAsync(id, "joe", first.ETag);

        foreach (var write in new Func<Task>[]
        {
            () => client.Groups.PatchAsync(id, new() { DisplayName = "Pals" }, first.ETag),
            () => client.Groups.ReplaceAsync(id, first, first.ETag),
            () => client.Groups.AddMemberAsync(id, "joe", first.ETag),
            () => client.Groups.RemoveMemberAsync(id, "joe", first.ETag),
            () => client.Groups.ChangeMembersAsync(id, [], ["joe"], first.ETag),
            () => client.Groups.RemoveAsync(id, first.ETag),
            () => client.Groups.RemoveWithContactsAsync(id, first.ETag),
        })
        {
            Assert.Equal("stale", (await Assert.ThrowsAsync<ProblemException>(write)).Code);
        }

        Assert.Equal(["joe"], (await client.Groups.GetAsync(id)).Members!);
    }

    [Fact]
    public async Task Gives_null_while_a_contact_or_a_group_is_unchanged()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var joe = await client.Contacts.AddAsync(Joe);
        var friends = await client.Groups.AddAsync(new() { DisplayName = "Friends" });

        Assert.Null(await client.Contacts.GetIfChangedAsync("joe", joe.ETag!));
        Assert.Null(await client.Groups.GetIfChangedAsync(friends.GroupId!, friends.ETag!));
        await client.Groups.AddMemberAsync(friends.GroupId!, "joe");

        Assert.Equal(2, (await client.Contacts.GetIfChangedAsync("joe", joe.ETag!))!.Groups!.Count);
        Assert.Equal(["joe"], (await client.Groups.GetIfChangedAsync(friends.GroupId!, friends.ETag!))!.Members!);
    }

    [Fact]
    public async Task Gives_null_while_a_list_is_unchanged()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var contacts = await client.Contacts.GetPageAsync();
        var groups = await client.Groups.GetPageAsync();

        Assert.Null(await client.Contacts.GetPageIfChangedAsync(null, contacts.ETag!));
        Assert.Null(await client.Groups.GetPageIfChangedAsync(null, groups.ETag!));
        await client.Contacts.AddAsync(Joe);

        Assert.Single((await client.Contacts.GetPageIfChangedAsync(null, contacts.ETag!))!.Contacts);
        Assert.Equal(1, (await client.Groups.GetPageIfChangedAsync(null, groups.ETag!))!.Groups[0].MemberCount);
    }

    [Fact]
    public async Task Refuses_what_is_no_version()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Joe);

        var unquoted = await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.RemoveAsync("joe", "7"));

        Assert.Equal((400, "invalid-header"), (unquoted.Status, unquoted.Code));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Contacts.RemoveAsync("joe", "\"7\"\r\nX: y"));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Contacts.AddAsync(Joe, "clé"));
    }
}
