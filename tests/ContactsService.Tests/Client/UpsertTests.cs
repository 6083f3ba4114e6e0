using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class UpsertTests(Service service)
{
    private static readonly Contact Joe = new() { ContactType = ContactTypes.Custom, DisplayName = "Joe" };

    private readonly string group = Guid.CreateVersion7().ToString();

    [Fact]
    public async Task Tells_whether_it_has_created_or_replaced()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var created = await client.Contacts.UpsertAsync("joe", Joe);
        var replaced = await client.Contacts.UpsertAsync("joe", Joe with { Title = "Head" });
        var friends = await client.Groups.UpsertAsync(group, new() { DisplayName = "Friends" });
        var pals = await client.Groups.UpsertAsync(group, new() { DisplayName = "Pals" });

        Assert.Equal((true, "joe"), (created.IsCreated, created.Resource.ContactId));
        Assert.Equal((false, "Head"), (replaced.IsCreated, replaced.Resource.Title));
        Assert.Equal(replaced.Resource.ETag, (await client.Contacts.GetAsync("joe")).ETag);
        Assert.Equal((true, false, "Pals"), (friends.IsCreated, pals.IsCreated, pals.Resource.DisplayName));
    }

    [Fact]
    public async Task Only_creates_or_only_replaces()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.ReplaceAsync("joe", Joe, "\"1-1\""));
        var created = await client.Contacts.CreateAsync("joe", Joe);
        var exists = await Assert.ThrowsAsync<ProblemException>(() => client.Contacts.CreateAsync("joe", Joe));
        var replaced = await client.Contacts.ReplaceAsync("joe", Joe with { Title = "Head" }, created.ETag);
        await client.Groups.CreateAsync(group, new() { DisplayName = "Friends" });
        var taken = await Assert.ThrowsAsync<ProblemException>(() => client.Groups.CreateAsync(group, new() { DisplayName = "Pals" }));

        Assert.Equal((412, "stale", created.ETag, false), (exists.Status, exists.Code, exists.ETag, exists.MayBeDone));
        Assert.Equal("Head", replaced.Title);
        Assert.Equal("stale", taken.Code);
    }

    [Fact]
    public async Task Tells_that_a_creation_may_be_its_own()
    {
        var person = await service.AgentAsync();
        var retries = new RetryOptions { Clock = new JumpingClock() };

        var upserted = await Clients.Of(service, person, new LostAnswers(1), retries).Contacts.UpsertAsync("joe", Joe);
        var exists = await Assert.ThrowsAsync<ProblemException>(
            () => Clients.Of(service, person, new LostAnswers(1), retries).Contacts.CreateAsync("sue", Joe with { DisplayName = "Sue" }));

        Assert.False(upserted.IsCreated);
        Assert.True(exists.MayBeDone);
        Assert.Equal("Sue", (await Clients.Of(service, person).Contacts.GetAsync("sue")).DisplayName);
    }
}
