using System.Net;
using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class RetryTests(Service service)
{
    private static readonly Contact Joe = new() { ContactType = ContactTypes.Custom, ContactId = "joe", DisplayName = "Joe" };

    private readonly JumpingClock clock = new();

    private RetryOptions Retries => new() { Clock = clock };

    [Fact]
    public async Task Adds_one_contact_whose_answer_was_lost_twice()
    {
        var person = await service.AgentAsync();
        var lost = new LostAnswers(2);

        var added = await Clients.Of(service, person, lost, Retries).Contacts
            .AddAsync(new() { ContactType = ContactTypes.Custom, DisplayName = "Joe" });

        Assert.Equal(3, lost.Requests.Count);
        Assert.Single(lost.Requests.Select(request => request.Key).Distinct());
        Assert.Equal(added.ContactId, Assert.Single(await Clients.Of(service, person).Contacts.ListAsync().AllAsync()).ContactId);
    }

    [Fact]
    public async Task Adds_one_group_and_changes_members_once()
    {
        var person = await service.AgentAsync();
        var joe = await person.AddContactAsync("Joe");

        var friends = await Clients.Of(service, person, new LostAnswers(1), Retries).CreateContactGroupAsync("Friends");
        var changed = await Clients.Of(service, person, new LostAnswers(1), Retries).Groups
            .ChangeMembersAsync(friends.Data.Group!.GroupId!, [joe], []);

        Assert.Equal((201, "SUCCESS"), (friends.StatusCode, friends.Message));
        Assert.Equal([joe], changed.Members!);
        Assert.Equal(2, (await Clients.Of(service, person).Groups.ListAsync().AllAsync()).Count);
    }

    [Fact]
    public async Task Makes_a_new_key_for_each_call()
    {
        var seen = new LostAnswers(0);
        var client = Clients.Of(service, await service.AgentAsync(), seen);

        await client.Groups.AddAsync(new() { DisplayName = "a" });
        await client.Groups.AddAsync(new() { DisplayName = "b" });

        Assert.NotEqual(seen.Requests[0].Key, seen.Requests[1].Key);
    }

    [Fact]
    public async Task Counts_a_delete_as_done_that_finds_nothing_behind_a_lost_answer()
    {
        var person = await service.AgentAsync();
        var contact = await person.AddContactAsync("Joe");
        var group = await person.AddGroupAsync("Friends");
        (await person.PutAsync($"/groups/{group}/members/{contact}")).ShouldBe(204);

        Assert.True(await Clients.Of(service, person, new LostAnswers(1), Retries).Groups.RemoveMemberAsync(group, contact));
        Assert.True(await Clients.Of(service, person, new LostAnswers(1), Retries).Groups.RemoveAsync(group));
        Assert.Equal(204, (await Clients.Of(service, person, new LostAnswers(1), Retries).DeleteContactAsync(contact)).StatusCode);

        Assert.Empty(await Clients.Of(service, person).Contacts.ListAsync().AllAsync());
        Assert.False(await Clients.Of(service, person, null, Retries).Contacts.RemoveAsync(contact));
    }

    [Fact]
    public async Task Repeats_reads_and_replacements()
    {
        var person = await service.AgentAsync();
        await Clients.Of(service, person).Contacts.AddAsync(Joe);

        var replaced = await Clients.Of(service, person, new LostAnswers(1), Retries).Contacts
            .ReplaceAsync("joe", Joe with { Title = "Head" });
        var read = await Clients.Of(service, person, new LostAnswers(3), Retries).Contacts.GetAsync("joe");

        Assert.Equal(("Head", "Head"), (replaced.Title, read.Title));
    }

    [Fact]
    public async Task Does_not_repeat_a_patch_that_may_be_done_without_a_version()
    {
        var person = await service.AgentAsync();
        await Clients.Of(service, person).Contacts.AddAsync(Joe);
        var lost = new LostAnswers(1);

        await Assert.ThrowsAsync<HttpRequestException>(
            () => Clients.Of(service, person, lost, Retries).Contacts.PatchAsync("joe", new() { Title = "Head" }));

        Assert.Single(lost.Requests);
        Assert.Equal("Head", (await Clients.Of(service, person).Contacts.GetAsync("joe")).Title);
    }

    [Fact]
    public async Task Repeats_everything_when_no_connection_was_made()
    {
        // Nobody listens on port 1.
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:1") };

        var lost = await Assert.ThrowsAsync<HttpRequestException>(
            () => new ContactsClient(http, Retries).Contacts.PatchAsync("joe", new() { Title = "Head" }));

        Assert.Equal(HttpRequestError.ConnectionError, lost.HttpRequestError);
        Assert.Equal(3, clock.Pauses.Count);
    }

    [Fact]
    public async Task Tells_that_a_stale_repeat_may_have_been_done()
    {
        var person = await service.AgentAsync();
        var joe = await Clients.Of(service, person).Contacts.AddAsync(Joe);

        var stale = await Assert.ThrowsAsync<ProblemException>(
            () => Clients.Of(service, person, new LostAnswers(1), Retries).Contacts.PatchAsync("joe", new() { Title = "Head" }, joe.ETag));

        Assert.Equal((412, "stale", true), (stale.Status, stale.Code, stale.MayBeDone));
        var now = await Clients.Of(service, person).Contacts.GetAsync("joe");
        Assert.Equal(("Head", stale.ETag), (now.Title, now.ETag));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Comes_back_when_it_was_told_to(HttpStatusCode status)
    {
        var refusals = new Refusals(2, status, TimeSpan.FromSeconds(7));

        var page = await Clients.Of(service, await service.AgentAsync(), refusals, Retries).Contacts.GetPageAsync();

        Assert.Empty(page.Contacts);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)], clock.Pauses);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1, true)]
    [InlineData(HttpStatusCode.TooManyRequests, 2, false)]
    public async Task Repeats_a_patch_only_when_nothing_was_done(HttpStatusCode status, int requests, bool refused)
    {
        var person = await service.AgentAsync();
        await Clients.Of(service, person).Contacts.AddAsync(Joe);
        var refusals = new Refusals(1, status);

        var problem = await Record.ExceptionAsync(
            () => Clients.Of(service, person, refusals, Retries).Contacts.PatchAsync("joe", new() { Title = "Head" }));

        Assert.Equal(requests, refusals.Requests);
        Assert.Equal(refused, problem is ProblemException { MayBeDone: true });
    }

    [Fact]
    public async Task Pauses_longer_each_time_and_then_gives_up()
    {
        var refusals = new Refusals(9, HttpStatusCode.ServiceUnavailable);

        var problem = await Assert.ThrowsAsync<ProblemException>(
            async () => await Clients.Of(service, await service.AgentAsync(), refusals, Retries).Contacts.GetPageAsync());

        Assert.Equal(503, problem.Status);
        Assert.Equal(4, refusals.Requests);
        Assert.InRange(clock.Pauses[0].TotalMilliseconds, 150, 250);
        Assert.InRange(clock.Pauses[1].TotalMilliseconds, 300, 500);
        Assert.InRange(clock.Pauses[2].TotalMilliseconds, 600, 1000);
    }

    [Fact]
    public async Task Gives_up_at_once_when_it_would_come_back_too_late()
    {
        var refusals = new Refusals(9, HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(31));

        var problem = await Assert.ThrowsAsync<ProblemException>(
            async () => await Clients.Of(service, await service.AgentAsync(), refusals, Retries).Contacts.GetPageAsync());

        Assert.Equal((1, TimeSpan.FromSeconds(31)), (refusals.Requests, problem.RetryAfter));
        Assert.Empty(clock.Pauses);
    }

    [Fact]
    public async Task Stays_within_its_time()
    {
        var refusals = new Refusals(99, HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<ProblemException>(async () => await Clients
            .Of(service, await service.AgentAsync(), refusals, new() { Repeats = 99, TimeLimit = TimeSpan.FromSeconds(5), Clock = clock })
            .Contacts.GetPageAsync());

        Assert.Equal(3, refusals.Requests);
    }

    [Fact]
    public async Task Can_be_switched_off()
    {
        var refusals = new Refusals(1, HttpStatusCode.ServiceUnavailable);

        await Assert.ThrowsAsync<ProblemException>(
            async () => await Clients.Of(service, await service.AgentAsync(), refusals, RetryOptions.None).Contacts.GetPageAsync());

        Assert.Equal(1, refusals.Requests);
    }

    [Fact]
    public async Task Does_not_repeat_what_was_refused()
    {
        var seen = new LostAnswers(0);

        await Assert.ThrowsAsync<ProblemException>(
            async () => await Clients.Of(service, await service.AgentAsync(), seen, Retries).Contacts.AddAsync(new()));

        Assert.Single(seen.Requests);
    }
}
