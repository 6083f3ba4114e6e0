using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class PatchTests(Service service)
{
    private static readonly Contact Joe = new()
    {
        ContactType = ContactTypes.Custom,
        ContactId = "joe",
        DisplayName = "Joe",
        Title = "Clerk",
        Manager = "Ann",
        IsMigration = true,
        Emails = [new() { Value = "joe@example.com" }],
        AddressInfo = new() { City = "Köln", Street = "Domplatz 1" },
    };

    [Fact]
    public async Task Leaves_alone_what_is_not_assigned_and_unsets_what_is_null()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Joe);

        var patched = await client.Contacts.PatchAsync(
            "joe", new() { Title = "Head", Manager = null, AddressInfo = new() { Street = null } });

        Assert.Equal(("Joe", "Head", null, true), (patched.DisplayName, patched.Title, patched.Manager, patched.IsMigration));
        Assert.Equal(new AddressInfo { City = "Köln" }, patched.AddressInfo);
        Assert.Equal("joe@example.com", Assert.Single(patched.Emails!).Value);
    }

    [Fact]
    public async Task Changes_every_member()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Joe);
        var friends = await client.Groups.AddAsync(new() { DisplayName = "Friends" });

        var patched = await client.Contacts.PatchAsync("joe", new()
        {
            DisplayName = "1",
            FirstName = "2",
            LastName = "3",
            CompanyName = "4",
            Title = "5",
            Department = "6",
            Manager = "7",
            Emails = [new() { Value = "8" }],
            PhoneNumbers = [new() { Value = "9", Type = "work" }],
            SipAddresses = [new() { Value = "10", Primary = true }],
            AddressInfo = new() { Street = "11", City = "12", State = "13", ZipCode = "14", Country = "15" },
            AvatarUrl = "16",
            AvatarUrlDomain = "17",
            PrimaryContactMethod = "18",
            EncryptionKeyUrl = "19",
            KmsResourceObjectUrl = "20",
            Schemas = "21",
            IsMigration = false,
            Groups = [friends.GroupId!],
        });

        Assert.Equivalent(
            new Contact
            {
                ContactId = "joe",
                ContactType = "CUSTOM",
                Type = "Custom",
                OwnerId = "ann",
                DisplayName = "1",
                FirstName = "2",
                LastName = "3",
                CompanyName = "4",
                Title = "5",
                Department = "6",
                Manager = "7",
                Emails = [new() { Value = "8" }],
                PhoneNumbers = [new() { Value = "9", Type = "work" }],
                SipAddresses = [new() { Value = "10", Primary = true }],
                AddressInfo = new() { Street = "11", City = "12", State = "13", ZipCode = "14", Country = "15" },
                Addresses = [new() { Street = "11", City = "12", State = "13", ZipCode = "14", Country = "15" }],
                AvatarUrl = "16",
                AvatarUrlDomain = "17",
                PrimaryContactMethod = "18",
                EncryptionKeyUrl = "19",
                KmsResourceObjectUrl = "20",
                Schemas = "21",
                IsMigration = false,
                Groups = [friends.GroupId!],
                Meta = patched.Meta,
                ETag = patched.ETag,
            },
            patched);
    }

    [Fact]
    public async Task Unsets_lists_flags_and_the_address_whole()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Joe);

        var patched = await client.Contacts.PatchAsync("joe", new() { Emails = null, IsMigration = null, AddressInfo = null });

        Assert.Equal((null, null, null), (patched.Emails, patched.IsMigration, patched.AddressInfo));
    }

    [Fact]
    public void Reads_back_what_was_assigned()
    {
        var patch = new ContactPatch { Title = "Head", IsMigration = true, Groups = ["a"] };

        Assert.Equal(("Head", true, null), (patch.Title, patch.IsMigration, patch.Manager));
        Assert.Equal(["a"], patch.Groups);
    }

    [Fact]
    public async Task Patches_groups()
    {
        var person = await service.AgentAsync();
        var joe = await person.AddContactAsync("Joe");
        var client = Clients.Of(service, person);
        var group = await client.Groups.AddAsync(
            new() { DisplayName = "Friends", EncryptionKeyUrl = "kms://k", GroupType = GroupTypes.External });

        var patched = await client.Groups.PatchAsync(
            group.GroupId!, new() { DisplayName = "Pals", EncryptionKeyUrl = null, IsMigration = true, Members = [joe] }, group.ETag);
        var normal = await client.Groups.PatchAsync(group.GroupId!, new() { GroupType = GroupTypes.Normal });

        Assert.Equal(
            ("Pals", null, true, "EXTERNAL"), (patched.DisplayName, patched.EncryptionKeyUrl, patched.IsMigration, patched.GroupType));
        Assert.Equal([joe], patched.Members!);
        Assert.Equal(("Pals", "NORMAL"), (normal.DisplayName, normal.GroupType));
    }
}
