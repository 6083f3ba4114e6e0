using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class FilterTests(Service service)
{
    /// <summary>Each condition, as it stands in the address, and whom of Ann Lee, Bob Jones and the nameless it finds.</summary>
    public static TheoryData<string, Condition, string> Conditions()
    {
        var longAgo = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(2));
        TheoryData<string, Condition, string> data = [];
        Add("lastName=lee", ContactAttributes.LastName.Is("lee"), "ann");
        Add("lastName=lee&lastName=JONES", ContactAttributes.LastName.Is("lee", "JONES"), "ann bob");
        Add("lastName[ne]=lee", ContactAttributes.LastName.IsNot("lee"), "bob zoe");
        Add("lastName[startsWith]=jo", ContactAttributes.LastName.StartsWith("jo"), "bob");
        Add("lastName[contains]=E", ContactAttributes.LastName.Contains("E"), "ann bob");
        Add("lastName[exists]=true", ContactAttributes.LastName.Exists(), "ann bob");
        Add("lastName[exists]=false", ContactAttributes.LastName.IsAbsent(), "zoe");
        Add("displayName=ann & co, #1", ContactAttributes.DisplayName.Is("ann & co, #1"), "ann");
        Add("firstName=Ann", ContactAttributes.FirstName.Is("Ann"), "ann");
        Add("companyName=Lee+Sons=100%", ContactAttributes.CompanyName.Is("Lee+Sons=100%"), "ann");
        Add("title=Head", ContactAttributes.Title.Is("Head"), "ann");
        Add("department=Sales", ContactAttributes.Department.Is("Sales"), "ann");
        Add("manager=Joe", ContactAttributes.Manager.Is("Joe"), "ann");
        Add("avatarURL=https://a.example/?x", ContactAttributes.AvatarUrl.Is("https://a.example/?x"), "ann");
        Add("avatarUrlDomain=a.example", ContactAttributes.AvatarUrlDomain.Is("a.example"), "ann");
        Add("primaryContactMethod=phone", ContactAttributes.PrimaryContactMethod.Is("phone"), "ann");
        Add("encryptionKeyUrl=kms://1", ContactAttributes.EncryptionKeyUrl.Is("kms://1"), "ann");
        Add("kmsResourceObjectUrl=kms://2", ContactAttributes.KmsResourceObjectUrl.Is("kms://2"), "ann");
        Add("schemas=urn:x", ContactAttributes.Schemas.Is("urn:x"), "ann");
        Add("emails=ANN@example.com", ContactAttributes.Emails.Is("ANN@example.com"), "ann");
        Add("phoneNumbers=492215550134", ContactAttributes.PhoneNumbers.Is("492215550134"), "ann");
        Add("phoneNumbers[startsWith]=+49 221", ContactAttributes.PhoneNumbers.StartsWith("+49 221"), "ann");
        Add("sipAddresses=sip:ann", ContactAttributes.SipAddresses.Is("sip:ann"), "ann");
        Add("addressInfo.street=Domplatz 1", ContactAttributes.Street.Is("Domplatz 1"), "ann");
        Add("addressInfo.city=köln", ContactAttributes.City.Is("köln"), "ann");
        Add("addressInfo.state=NRW", ContactAttributes.State.Is("NRW"), "ann");
        Add("addressInfo.zipCode=50667", ContactAttributes.ZipCode.Is("50667"), "ann");
        Add("addressInfo.country=DE", ContactAttributes.Country.Is("DE"), "ann");
        Add("userName[exists]=true", ContactAttributes.UserName.Exists(), "");
        Add("employeeId=7", ContactAttributes.EmployeeId.Is("7"), "");
        Add("contactId=bob", ContactAttributes.ContactId.Is("bob"), "bob");
        Add("ownerId=me", ContactAttributes.OwnerId.Is("me"), "ann bob zoe");
        Add("type[ne]=custom", ContactAttributes.Type.IsNot("custom"), "zoe");
        Add("contactType=CLOUD", ContactAttributes.ContactType.Is(ContactTypes.Cloud), "zoe");
        Add("groups[exists]=true", ContactAttributes.Groups.Exists(), "ann bob zoe");
        Add("isMigration=true", ContactAttributes.IsMigration.Is(true), "ann");
        Add("isMigration[ne]=true", ContactAttributes.IsMigration.IsNot(true), "bob zoe");
        Add("resolved=false", ContactAttributes.Resolved.Is(false), "zoe");
        Add("created[gt]=2001-02-03T02:05:06Z", ContactAttributes.Created.GreaterThan(longAgo), "ann bob zoe");
        Add("created[gte]=2001-02-03T02:05:06Z", ContactAttributes.Created.AtLeast(longAgo), "ann bob zoe");
        Add("lastModified[lt]=2001-02-03T02:05:06.0000007Z", ContactAttributes.LastModified.LessThan(longAgo.AddTicks(7)), "");
        Add("lastModified[lte]=2001-02-03T02:05:06Z", ContactAttributes.LastModified.AtMost(longAgo), "");
        Add("lastModified=2001-02-03T02:05:06Z", ContactAttributes.LastModified.Is(longAgo), "");
        Add("lastModified[ne]=2001-02-03T02:05:06Z", ContactAttributes.LastModified.IsNot(longAgo), "ann bob zoe");
        Add("version[gt]=0", ContactAttributes.Version.GreaterThan(0), "ann bob zoe");
        Add("version=0&version=1000", ContactAttributes.Version.Is(0, 1000), "");
        return data;

        void Add(string address, Condition condition, string found) => data.Add(address, condition, found);
    }

    [Theory]
    [MemberData(nameof(Conditions), DisableDiscoveryEnumeration = true)]
    public async Task Finds_by_each_attribute_and_operator(string address, Condition condition, string found)
    {
        var client = await WithThreeContactsAsync();

        var contacts = await client.Contacts
            .ListAsync(new() { Where = [condition], OrderBy = [ContactAttributes.ContactId.Ascending] })
            .AllAsync();

        Assert.Equal(address, condition.ToString());
        Assert.Equal(found, string.Join(' ', contacts.Select(contact => contact.ContactId)));
    }

    [Fact]
    public async Task Demands_all_conditions()
    {
        var client = await WithThreeContactsAsync();

        var contacts = await client.Contacts
            .ListAsync(new()
            {
                Where = [ContactAttributes.LastName.Exists(), ContactAttributes.Type.Is("Custom"), ContactAttributes.LastName.IsNot("Lee")],
            })
            .AllAsync();

        Assert.Equal("bob", Assert.Single(contacts).ContactId);
    }

    [Fact]
    public async Task Finds_by_a_group()
    {
        var client = await WithThreeContactsAsync();
        var friends = await client.Groups.AddAsync(new() { DisplayName = "Friends", Members = ["bob"] });

        var contacts = await client.Contacts.ListAsync(new() { Where = [ContactAttributes.Groups.Is(friends.GroupId!)] }).AllAsync();

        Assert.Equal("bob", Assert.Single(contacts).ContactId);
    }

    [Fact]
    public async Task Filters_groups()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var friends = await client.Groups.AddAsync(
            new() { DisplayName = "Friends", GroupType = GroupTypes.External, EncryptionKeyUrl = "kms://k", IsMigration = true });

        Assert.All(
            [
                GroupAttributes.DisplayName.StartsWith("fri"),
                GroupAttributes.GroupId.Is(friends.GroupId!),
                GroupAttributes.GroupType.Is("external"),
                GroupAttributes.EncryptionKeyUrl.Is("kms://k"),
                GroupAttributes.IsDefault.Is(false),
                GroupAttributes.IsMigration.Is(true),
                GroupAttributes.Created.Is(friends.Meta!.Created!.Value),
                GroupAttributes.LastModified.AtMost(friends.Meta.LastModified!.Value),
                GroupAttributes.Version.Is(friends.Meta.Version!.Value),
            ],
            condition =>
            {
                var groups = client.Groups.ListAsync(new() { Where = [condition, GroupAttributes.IsDefault.IsNot(true)] })
                    .AllAsync().GetAwaiter().GetResult();
                Assert.Equal("Friends", Assert.Single(groups).DisplayName);
            });
    }

    [Fact]
    public async Task Tells_what_the_service_does_not_know()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => client.Contacts.GetPageAsync(new() { Where = [GroupAttributes.IsDefault.Is(true)] }));

        Assert.Equal((400, "invalid-filter"), (problem.Status, problem.Code));
        Assert.Equal("isDefault", Assert.Single(problem.Errors).Key);
    }

    [Fact]
    public void Refuses_a_condition_without_a_value() => Assert.Throws<ArgumentException>(() => ContactAttributes.LastName.Is());

    private async Task<ContactsClient> WithThreeContactsAsync()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(new()
        {
            ContactType = ContactTypes.Custom,
            ContactId = "ann",
            DisplayName = "Ann & Co, #1",
            FirstName = "Ann",
            LastName = "Lee",
            CompanyName = "Lee+Sons=100%",
            Title = "Head",
            Department = "Sales",
            Manager = "Joe",
            AvatarUrl = "https://a.example/?x",
            AvatarUrlDomain = "a.example",
            PrimaryContactMethod = "phone",
            EncryptionKeyUrl = "kms://1",
            KmsResourceObjectUrl = "kms://2",
            Schemas = "urn:x",
            IsMigration = true,
            Emails = [new() { Value = "x@example.com" }, new() { Value = "ann@example.com" }],
            PhoneNumbers = [new() { Value = "+49 (221) 555-0134" }],
            SipAddresses = [new() { Value = "sip:ann" }],
            AddressInfo = new() { Street = "Domplatz 1", City = "Köln", State = "NRW", ZipCode = "50667", Country = "DE" },
        });
        await client.Contacts.AddAsync(
            new() { ContactType = ContactTypes.Custom, ContactId = "bob", DisplayName = "Bob", LastName = "Jones" });
        await client.Contacts.AddAsync(new() { ContactType = ContactTypes.Cloud, ContactId = "zoe" });
        return client;
    }
}
