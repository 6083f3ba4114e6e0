using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class ContactCallsTests(Service service)
{
    private static readonly Contact Ann = new()
    {
        ContactType = ContactTypes.Custom,
        Type = "Custom",
        ContactId = "ann~1.x",
        DisplayName = "Ann Lee \"ß😀\"",
        FirstName = "Ann",
        LastName = "Lee",
        CompanyName = "Lee & Sons",
        Title = "Head",
        Department = "Sales",
        Manager = "Joe",
        Emails = [new() { Value = "ann@example.com", Primary = true }],
        PhoneNumbers = [new() { Type = "work", Value = "+49 (221) 555-0134" }, new() { Value = "eyJhbGci" }],
        SipAddresses = [new() { Type = "home", Value = "sip:ann@example.com", Primary = false }],
        AddressInfo = new() { Street = "Domplatz 1", City = "Köln", State = "NRW", ZipCode = "50667", Country = "DE" },
        AvatarUrl = "https://example.com/ann.png",
        AvatarUrlDomain = "example.com",
        PrimaryContactMethod = "phone",
        EncryptionKeyUrl = "kms://example.com/keys/1",
        KmsResourceObjectUrl = "kms://example.com/objects/1",
        Schemas = "urn:one",
        IsMigration = true,
    };

    [Fact]
    public async Task Keeps_every_attribute_to_the_letter()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service, person);

        var added = await client.Contacts.AddAsync(Ann);

        var text = (await person.GetAsync("/contacts/ann~1.x")).ShouldBe(200);
        Assert.Equal("Ann Lee \"ß😀\"", text.Value("displayName"));
        Assert.Equal("https://example.com/ann.png", text.Value("avatarURL"));
        Assert.Equal("kms://example.com/objects/1", text.Value("kmsResourceObjectUrl"));
        Assert.Equal(("ann", 1), (added.OwnerId, added.Groups!.Count));
        Assert.Equal(TimeSpan.Zero, added.Meta!.Created!.Value.Offset);
        Assert.True(added.Meta.Version > 0);
        Assert.Equal(text.ETag, added.ETag);
        ContactAddress[] addresses = [new() { Street = "Domplatz 1", City = "Köln", State = "NRW", ZipCode = "50667", Country = "DE" }];
        Assert.Equivalent(
            Ann with { Addresses = addresses, OwnerId = "ann", Groups = added.Groups, Meta = added.Meta, ETag = added.ETag },
            added);
        Assert.Equivalent(added, await client.Contacts.GetAsync("ann~1.x"));
    }

    [Fact]
    public async Task Sends_as_much_as_the_service_takes_in_any_script()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var name = new string('漢', 16_384);

        // 245,760 bytes of the 262,144 in UTF-8; escaped they would be twice as many.
        var added = await client.Contacts.AddAsync(
            new()
            {
                ContactType = ContactTypes.Custom,
                DisplayName = name,
                FirstName = name,
                LastName = name,
                CompanyName = name,
                Title = name,
            });
        var patched = await client.Contacts.PatchAsync(
            added.ContactId!, new() { DisplayName = "<+&'", FirstName = name, LastName = name, CompanyName = name, Title = name });

        Assert.Equal((name, name), (added.DisplayName, added.Title));
        Assert.Equal("<+&'", patched.DisplayName);
    }

    [Fact]
    public async Task Finds_or_gives_null_and_gets_or_refuses()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Ann);

        Assert.Equal("Lee", (await client.Contacts.FindAsync("ann~1.x"))!.LastName);
        Assert.Null(await client.Contacts.FindAsync("bob"));
        var missing = await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.GetAsync("bob"));
        Assert.Equal((404, "not-found"), (missing.Status, missing.Code));
    }

    [Fact]
    public async Task Replaces_what_was_read_and_changed()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var added = await client.Contacts.AddAsync(Ann);

        var replaced = await client.Contacts.ReplaceAsync("ann~1.x", added with { Title = "Chief", Manager = null }, added.ETag);

        Assert.Equal(("Chief", null, "Lee"), (replaced.Title, replaced.Manager, replaced.LastName));
        Assert.Equal(added.Groups, replaced.Groups);
        Assert.NotEqual(added.ETag, replaced.ETag);
    }

    [Fact]
    public async Task Removes_and_says_whether_there_was_one()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Ann);

        Assert.True(await client.Contacts.RemoveAsync("ann~1.x"));
        Assert.False(await client.Contacts.RemoveAsync("ann~1.x"));
    }

    [Fact]
    public async Task Writes_contacts_of_the_organization_for_everybody()
    {
        var admin = await service.AdminAsync();
        var bob = Clients.Of(service, await service.PersonAsync(admin.Organization, "bob", "agent"));

        var taxi = await Clients.Of(service, admin).Contacts
            .AddAsync(new() { Type = "Custom", DisplayName = "Taxi", OwnerId = admin.Organization });

        Assert.Equal((admin.Organization, null), (taxi.OwnerId, taxi.Groups));
        Assert.Equal("Taxi", Assert.Single(await bob.Contacts.ListAsync().AllAsync()).DisplayName);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<ProblemException>(() => bob.Contacts.RemoveAsync(taxi.ContactId!))).Code);
    }

    [Fact]
    public async Task Repeats_an_answer_under_a_key_of_the_callers()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var joe = new Contact { ContactType = ContactTypes.Custom, DisplayName = "Joe" };

        var first = await client.Contacts.AddAsync(joe, "import-1");
        var again = await client.Contacts.AddAsync(joe, "import-1");
        var reused = await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.AddAsync(joe with { Title = "x" }, "import-1"));

        Assert.Equal(first.ContactId, again.ContactId);
        Assert.Equal((422, "idempotency-key-reused"), (reused.Status, reused.Code));
        Assert.Single(await client.Contacts.ListAsync().AllAsync());
    }

    [Fact]
    public async Task Passes_over_members_of_newer_services()
    {
        var client = Clients.Answering(
            200, """{"contactId":"x","nickname":"Jo","meta":{"version":7,"by":"me"},"emails":[{"value":"a","verified":true}]}""");

        var contact = await client.Contacts.GetAsync("x");

        Assert.Equal(("x", 7, "a"), (contact.ContactId, contact.Meta!.Version, contact.Emails![0].Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Refuses_ids_that_lead_elsewhere(string id)
    {
        var client = Clients.Answering(200, "{}");

        await Assert.ThrowsAsync<ArgumentException>(() => client.Contacts.RemoveAsync(id));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Groups.RemoveMemberAsync("g", id));
    }

    [Fact]
    public async Task Refuses_text_that_is_no_unicode()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var broken = new Contact { ContactType = ContactTypes.Custom, DisplayName = "a\ud800" };

        await Assert.ThrowsAsync<ArgumentException>(() => client.Contacts.AddAsync(broken));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Contacts.PatchAsync("x", new() { Title = "\udc00" }));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Contacts.PatchAsync("x", new() { Emails = [new() { Value = "\udc00" }] }));
    }
}
