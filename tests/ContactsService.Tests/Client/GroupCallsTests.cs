using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class GroupCallsTests(Service service)
{
    [Fact]
    public async Task Adds_finds_replaces_and_removes()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var added = await client.Groups.AddAsync(
            new() { DisplayName = "Friends", GroupType = GroupTypes.External, EncryptionKeyUrl = "kms://k", IsMigration = true });
        var replaced = await client.Groups.ReplaceAsync(
            added.GroupId!, added with { DisplayName = "Pals", EncryptionKeyUrl = null }, added.ETag);
        var found = await client.Groups.FindAsync(added.GroupId!);

        Assert.Equal(
            ("Friends", "EXTERNAL", "kms://k", true, false, "ann"),
            (added.DisplayName, added.GroupType, added.EncryptionKeyUrl, added.IsMigration, added.IsDefault, added.OwnerId));
        Assert.Equal(("Pals", "EXTERNAL", null), (replaced.DisplayName, replaced.GroupType, replaced.EncryptionKeyUrl));
        Assert.Equivalent(replaced, found);
        Assert.NotEqual(added.ETag, replaced.ETag);
        Assert.True(await client.Groups.RemoveAsync(added.GroupId!));
        Assert.False(await client.Groups.RemoveAsync(added.GroupId!));
        Assert.Null(await client.Groups.FindAsync(added.GroupId!));
        Assert.Equal("not-found", (await Assert.ThrowsAsync<ProblemException>(() => client.Groups.GetAsync(added.GroupId!))).Code);
    }

    [Fact]
    public async Task Names_the_group_that_has_the_name()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var friends = await client.Groups.AddAsync(new() { DisplayName = "Friends" });

        var problem = await Assert.ThrowsAsync<ProblemException>(() => client.Groups.AddAsync(new() { DisplayName = "friends" }));

        Assert.Equal((409, "group-name-taken", friends.GroupId), (problem.Status, problem.Code, problem.GroupId));
    }

    [Fact]
    public async Task Puts_contacts_in_and_takes_them_out()
    {
        var person = await service.AgentAsync();
        var (ann, bob) = (await person.AddContactAsync("Ann"), await person.AddContactAsync("Bob"));
        var client = Clients.Of(service, person);
        var id = (await client.Groups.AddAsync(new() { DisplayName = "Friends" })).GroupId!;

        await client.Groups.AddMemberAsync(id, ann);
        await client.Groups.AddMemberAsync(id, ann);
        Assert.Equal([ann], (await client.Groups.GetAsync(id)).Members!);

        var changed = await client.Groups.ChangeMembersAsync(id, [bob], [ann]);
        Assert.Equal([bob], changed.Members!);
        Assert.Equal(changed.ETag, (await client.Groups.GetAsync(id)).ETag);

        Assert.True(await client.Groups.RemoveMemberAsync(id, bob));
        Assert.False(await client.Groups.RemoveMemberAsync(id, bob));
        Assert.Equal([], (await client.Groups.GetAsync(id)).Members!);
    }

    [Fact]
    public async Task Refuses_to_leave_a_contact_without_a_group()
    {
        var person = await service.AgentAsync();
        var ann = await person.AddContactAsync("Ann");
        var client = Clients.Of(service, person);
        var standard = Assert.Single(await client.Groups.ListAsync().AllAsync());

        var lastGroup = await Assert.ThrowsAsync<ProblemException>(() => client.Groups.RemoveMemberAsync(standard.GroupId!, ann));
        var inUse = await Assert.ThrowsAsync<ProblemException>(() => client.Groups.RemoveAsync(standard.GroupId!));

        Assert.Equal((409, "last-group", ann), (lastGroup.Status, lastGroup.Code, lastGroup.ContactId));
        Assert.Equal((409, "default-group-in-use"), (inUse.Status, inUse.Code));
    }

    [Fact]
    public async Task Removes_a_group_and_keeps_its_contacts_or_not()
    {
        var person = await service.AgentAsync();
        var (ann, bob) = (await person.AddContactAsync("Ann"), await person.AddContactAsync("Bob"));
        var client = Clients.Of(service, person);
        var friends = (await client.Groups.AddAsync(new() { DisplayName = "Friends" })).GroupId!;
        var pals = (await client.Groups.AddAsync(new() { DisplayName = "Pals" })).GroupId!;
        await client.Contacts.PatchAsync(ann, new() { Groups = [friends] });
        await client.Contacts.PatchAsync(bob, new() { Groups = [pals] });

        Assert.True(await client.Groups.RemoveAsync(friends));
        Assert.True(await client.Groups.RemoveWithContactsAsync(pals));

        Assert.Equal(["Ann"], (await client.Contacts.ListAsync().AllAsync()).Select(contact => contact.DisplayName));
    }
}
