using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class PageTests(Service service)
{
    [Fact]
    public async Task Goes_through_all_pages_in_order()
    {
        var person = await service.AgentAsync();
        await Task.WhenAll(Enumerable.Range(0, 7).Select(i => person.AddContactAsync($"Joe {i}")));
        var client = Clients.Of(service, person);

        var names = (await client.Contacts.ListAsync(new() { PageSize = 3 }).AllAsync()).Select(contact => contact.DisplayName);
        var query = new ListQuery { PageSize = 2, OrderBy = [ContactAttributes.DisplayName.Descending] };
        var backwards = (await client.Contacts.ListAsync(query).AllAsync()).Select(contact => contact.DisplayName);

        Assert.Equal(["Joe 0", "Joe 1", "Joe 2", "Joe 3", "Joe 4", "Joe 5", "Joe 6"], names);
        Assert.Equal(["Joe 6", "Joe 5", "Joe 4", "Joe 3", "Joe 2", "Joe 1", "Joe 0"], backwards);
    }

    [Fact]
    public async Task Gives_pages_one_by_one_with_groups_on_the_first()
    {
        var person = await service.AgentAsync();
        await person.AddContactAsync("Ann");
        await person.AddContactAsync("Bob");
        var client = Clients.Of(service, person);
        var query = new ListQuery { PageSize = 1 };

        var first = await client.Contacts.GetPageAsync(query);
        var second = await client.Contacts.GetPageAsync(query with { PageSize = 1000 }, first.NextPageToken);

        Assert.Equal("Ann", Assert.Single(first.Contacts).DisplayName);
        Assert.Equal("Other contacts", Assert.Single(first.Groups!).DisplayName);
        Assert.Equal("Bob", Assert.Single(second.Contacts).DisplayName);
        Assert.Equal((null, null), (second.Groups, second.NextPageToken));
        Assert.Null(first.Contacts[0].ETag);
    }

    [Fact]
    public async Task Refuses_the_token_of_another_query()
    {
        var person = await service.AgentAsync();
        await person.AddContactAsync("Ann");
        await person.AddContactAsync("Bob");
        var client = Clients.Of(service, person);
        var first = await client.Contacts.GetPageAsync(new() { PageSize = 1 });

        var problem = await Assert.ThrowsAsync<ProblemException>(
            () => client.Contacts.GetPageAsync(new() { Where = [ContactAttributes.Title.Exists()] }, first.NextPageToken));

        Assert.Equal("invalid-page-token", problem.Code);
    }

    [Fact]
    public async Task Gives_only_the_fields_that_were_asked_for()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        await client.Contacts.AddAsync(new() { ContactType = ContactTypes.Custom, ContactId = "ann", DisplayName = "Ann", Title = "Head" });

        var ann = Assert.Single(await client.Contacts.ListAsync(new() { Fields = ["displayName", "meta"] }).AllAsync());

        Assert.Equal(("ann", "Ann", null, null), (ann.ContactId, ann.DisplayName, ann.Title, ann.ContactType));
        Assert.NotNull(ann.Meta);
    }

    [Fact]
    public async Task Sorts_by_several_attributes()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        foreach (var (id, last, title) in new[] { ("1", "Lee", "a"), ("2", "Lee", "b"), ("3", "Abel", "c") })
        {
            await client.Contacts.AddAsync(
                new() { ContactType = ContactTypes.Custom, ContactId = id, DisplayName = id, LastName = last, Title = title });
        }

        var sorted = await client.Contacts
            .ListAsync(new() { OrderBy = [ContactAttributes.LastName.Ascending, ContactAttributes.Title.Descending] })
            .AllAsync();

        Assert.Equal(["3", "2", "1"], sorted.Select(contact => contact.ContactId));
    }

    [Fact]
    public async Task Pages_through_groups()
    {
        var person = await service.AgentAsync();
        await person.AddGroupAsync("Friends");
        await person.AddGroupAsync("Pals");
        var client = Clients.Of(service, person);

        var names = (await client.Groups.ListAsync(new() { PageSize = 1 }).AllAsync()).Select(group => group.DisplayName);
        var first = await client.Groups.GetPageAsync(new() { PageSize = 2, OrderBy = [GroupAttributes.DisplayName.Descending] });

        Assert.Equal(["Friends", "Other contacts", "Pals"], names);
        Assert.Equal(["Pals", "Other contacts"], first.Groups.Select(group => group.DisplayName));
        Assert.NotNull(first.NextPageToken);
    }

    [Fact]
    public async Task Stops_between_pages_when_it_is_cancelled()
    {
        var person = await service.AgentAsync();
        await person.AddContactAsync("Ann");
        await person.AddContactAsync("Bob");
        using var source = new CancellationTokenSource();
        List<string?> seen = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var contact in Clients.Of(service, person).Contacts.ListAsync(new() { PageSize = 1 }, source.Token))
            {
                seen.Add(contact.DisplayName);
                await source.CancelAsync();
            }
        });

        Assert.Equal(["Ann"], seen);
    }
}
