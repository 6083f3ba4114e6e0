using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class SearchCallsTests(Service service)
{
    [Fact]
    public async Task Finds_who_is_calling()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(Custom("Joe", "+49 221 5550134"));
        await client.Contacts.AddAsync(Custom("Eve", "+49 221 5550135"));

        Assert.Equal(["Joe"], await NamesAsync(client.Contacts.WhoIsCallingAsync("tel:+49-221-5550134")));
        Assert.Equal(["Joe"], await NamesAsync(client.Contacts.WhoIsCallingAsync("0221 5550134", "de")));
        Assert.Empty(await client.Contacts.WhoIsCallingAsync("0221 5550134"));
        Assert.Empty(await client.Contacts.WhoIsCallingAsync("anonymous"));
    }

    [Fact]
    public async Task Reduces_what_it_finds()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        foreach (var name in (string[])["Ann", "Ben", "Joe"])
        {
            await client.Contacts.AddAsync(Custom(name, "+49 221 5550134"));
        }

        var found = await client.Contacts.WhoIsCallingAsync(
            "+492215550134",
            options: new() { Where = [ContactAttributes.DisplayName.IsNot("Ann")], Fields = ["displayName"], PageSize = 1 });

        var ben = Assert.Single(found);
        Assert.Equal(("Ben", null), (ben.DisplayName, ben.PhoneNumbers));
    }

    [Fact]
    public async Task Lists_nothing_for_an_empty_search()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var caller = await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.WhoIsCallingAsync(""));
        var words = await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.SearchAsync(" "));

        Assert.Equal(("invalid-filter", "invalid-filter"), (caller.Code, words.Code));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.Contacts.WhoIsCallingAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.Contacts.SearchAsync(null!));
    }

    [Fact]
    public async Task Reads_and_replaces_settings()
    {
        var admin = await service.AdminAsync();
        var client = Clients.Of(service, admin);
        var agent = Clients.Of(service, await service.PersonAsync(admin.Organization, "ann", "agent"));
        var before = await client.Settings.GetAsync();

        var set = await client.Settings.ReplaceAsync(new() { Region = "de" }, before.ETag);

        Assert.Null(before.Region);
        Assert.Equal("DE", set.Region);
        Assert.Equal(set, await agent.Settings.GetAsync());
        var stale = await Assert.ThrowsAsync<ProblemException>(() => client.Settings.ReplaceAsync(new(), before.ETag));
        var forbidden = await Assert.ThrowsAsync<ProblemException>(() => agent.Settings.ReplaceAsync(new()));
        Assert.Equal(("stale", "forbidden"), (stale.Code, forbidden.Code));
        Assert.Null((await client.Settings.ReplaceAsync(new())).Region);
    }

    private static Contact Custom(string name, string number) =>
        new() { ContactType = ContactTypes.Custom, DisplayName = name, PhoneNumbers = [new() { Value = number }] };

    private static async Task<IEnumerable<string?>> NamesAsync(Task<IReadOnlyList<Contact>> found) =>
        (await found).Select(contact => contact.DisplayName);
}
