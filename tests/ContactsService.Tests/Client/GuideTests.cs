using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class GuideTests(Service service)
{
    private static readonly Contact John = new()
    {
        DisplayName = "John Doe",
        ContactType = "CUSTOM",
        PhoneNumbers = [new() { Type = "work", Value = "+1987987521" }],
    };

    [Fact]
    public async Task Gets_nobody_and_the_default_group_of_a_fresh_user()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var response = await client.GetContactsAsync();

        Assert.Equal((200, "SUCCESS"), (response.StatusCode, response.Message));
        Assert.Empty(response.Data.Contacts!);
        Assert.Equal("Other contacts", Assert.Single(response.Data.Groups!).DisplayName);
        Assert.Equal((null, null, null), (response.Data.Contact, response.Data.Group, response.Data.Error));
    }

    [Fact]
    public async Task Creates_gets_and_deletes_a_custom_contact()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var created = await client.CreateContactAsync(John);
        var got = await client.GetContactsAsync();
        var deleted = await client.DeleteContactAsync(created.Data.Contact!.ContactId!);

        Assert.Equal((201, "SUCCESS"), (created.StatusCode, created.Message));
        Assert.Equal("John Doe", created.Data.Contact.DisplayName);
        Assert.Equal("urn:cisco:codev:identity:contact:core:1.0", created.Data.Contact.Schemas);
        Assert.Equal(new ContactPoint { Type = "work", Value = "+1987987521" }, Assert.Single(created.Data.Contact.PhoneNumbers!));
        Assert.Equal([got.Data.Groups![0].GroupId!], created.Data.Contact.Groups!);
        Assert.Equal(created.Data.Contact.ContactId, Assert.Single(got.Data.Contacts!).ContactId);
        Assert.Equal((204, "SUCCESS"), (deleted.StatusCode, deleted.Message));
        Assert.Equal(new ContactResponseData(), deleted.Data);
        Assert.Empty((await client.GetContactsAsync()).Data.Contacts!);
    }

    [Fact]
    public async Task Adds_a_cloud_contact_by_its_id()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var created = await client.CreateContactAsync(new() { ContactId = "a126d98a-6570", ContactType = "CLOUD" });

        Assert.Equal(201, created.StatusCode);
        Assert.Equal(
            ("a126d98a-6570", "CLOUD", false),
            (created.Data.Contact!.ContactId, created.Data.Contact.ContactType, created.Data.Contact.Resolved));
    }

    [Fact]
    public async Task Gets_the_own_book_whole_and_nothing_else()
    {
        var admin = await service.AdminAsync();
        (await admin.PostAsync("/contacts", $$"""{"type":"custom","name":"Taxi","ownerId":"{{admin.Organization}}"}""")).ShouldBe(201);
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        await Task.WhenAll(Enumerable.Range(0, 1001).Select(i => ann.AddContactAsync($"Joe {i:0000}")));

        var contacts = (await Clients.Of(service, ann).GetContactsAsync()).Data.Contacts!;

        Assert.Equal(1001, contacts.Count);
        Assert.Equal(("Joe 0000", "Joe 1000"), (contacts[0].DisplayName, contacts[1000].DisplayName));
    }

    [Fact]
    public async Task Creates_and_deletes_groups()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var plain = await client.CreateContactGroupAsync("testGRP");
        var external = await client.CreateContactGroupAsync("Elsewhere", "kms://k", GroupTypes.External);
        var deleted = await client.DeleteContactGroupAsync(plain.Data.Group!.GroupId!);

        Assert.Equal((201, "SUCCESS"), (plain.StatusCode, plain.Message));
        Assert.Equal(("testGRP", "NORMAL"), (plain.Data.Group.DisplayName, plain.Data.Group.GroupType));
        Assert.Equal(("kms://k", "EXTERNAL"), (external.Data.Group!.EncryptionKeyUrl, external.Data.Group.GroupType));
        Assert.Equal((204, "SUCCESS", new ContactResponseData()), (deleted.StatusCode, deleted.Message, deleted.Data));
        Assert.Equal(["Other contacts", "Elsewhere"], (await client.GetContactsAsync()).Data.Groups!.Select(group => group.DisplayName));
    }
}
