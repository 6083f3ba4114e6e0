using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class BulkCallsTests(Service service)
{
    private static readonly Contact Joe = new() { ContactType = ContactTypes.Custom, DisplayName = "Joe" };

    [Fact]
    public async Task Tells_of_each_operation_what_it_has_done()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var old = await client.Contacts.CreateAsync("old", Joe with { DisplayName = "Old" });
        var friends = BulkOperation.AddGroup(new() { DisplayName = "Friends" }, "friends");
        var sue = BulkOperation.AddContact(Joe with { DisplayName = "Sue 漢", Groups = [friends.Reference] }, "sue/1");

        var results = await client.Bulk.SendAsync(
        [
            friends,
            sue,
            BulkOperation.UpsertContact("joe", Joe),
            BulkOperation.UpsertContact("joe", Joe),
            BulkOperation.CreateContact("joe", Joe),
            BulkOperation.PatchContact("joe", new() { Title = "Head" }),
            BulkOperation.ReplaceContact("old", Joe with { DisplayName = "Older" }, old.ETag!),
            BulkOperation.ReplaceContact("old", Joe, old.ETag!),
            BulkOperation.RemoveContact("old"),
            BulkOperation.AddMember(friends.Reference, "joe"),
            BulkOperation.ChangeMembers(friends.Reference, ["joe"], [sue.Reference]),
            BulkOperation.PatchGroup(friends.Reference, new() { DisplayName = "Pals" }),
            BulkOperation.RemoveContact(sue.Reference),
            BulkOperation.RemoveContact("nobody"),
        ]);

        Assert.Equal([201, 201, 201, 200, 412, 200, 200, 412, 204, 204, 200, 200, 204, 404], results.Select(result => result.Status));
        Assert.Equal([4, 7, 13], Indexes(results, result => !result.IsSuccess));
        Assert.Equal([0, 1, 2], Indexes(results, result => result.IsCreated));
        Assert.Contains(3, Indexes(results, result => result.IsUnchanged));
        Assert.Equal([1, 2, 3, 5, 6], Indexes(results, result => result.Contact is not null));
        Assert.Equal([0, 10, 11], Indexes(results, result => result.Group is not null));
        Assert.Equal("Sue 漢", results[1].Contact!.DisplayName);
        Assert.Equal(results[0].Group!.GroupId, Assert.Single(results[1].Contact!.Groups!));
        Assert.Equal($"/contacts/{results[1].Contact!.ContactId}", results[1].Location);
        Assert.Equal((results[2].ETag, results[2].ETag), (results[3].ETag, results[3].Contact!.ETag));
        Assert.Equal(("stale", results[3].ETag, results[3].ETag), (results[4].Problem!.Code, results[4].ETag, results[4].Problem!.ETag));
        Assert.Equal("not-found", results[13].Problem!.Code);
        var joe = await client.Contacts.GetAsync("joe");
        Assert.Equal(("Head", 2), (joe.Title, joe.Groups!.Count));
        var pals = await client.Groups.GetAsync(results[0].Group!.GroupId!);
        Assert.Equal(("Pals", "joe"), (pals.DisplayName, Assert.Single(pals.Members!)));
    }

    [Fact]
    public async Task Writes_groups_in_every_way()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        var (first, second) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        var friends = await client.Groups.CreateAsync(first, new() { DisplayName = "Friends" });

        var results = await client.Bulk.SendAsync(
        [
            BulkOperation.CreateGroup(first, new() { DisplayName = "Other" }),
            BulkOperation.ReplaceGroup(first, new() { DisplayName = "Pals" }, friends.ETag!),
            BulkOperation.UpsertGroup(second, new() { DisplayName = "Work" }),
            BulkOperation.AddContact(Joe with { ContactId = "joe", Groups = [second] }),
            BulkOperation.AddMember(first, "joe"),
            BulkOperation.RemoveMember(first, "joe"),
            BulkOperation.RemoveGroup(first),
            BulkOperation.RemoveGroupWithContacts(second),
        ]);

        Assert.Equal([412, 200, 201, 201, 204, 204, 204, 204], results.Select(result => result.Status));
        Assert.Null(await client.Contacts.FindAsync("joe"));
        Assert.Null(await client.Groups.FindAsync(first));
    }

    [Fact]
    public async Task Stores_nothing_when_an_operation_of_an_atomic_request_fails()
    {
        var client = Clients.Of(service, await service.AgentAsync());
        BulkOperation[] operations = [BulkOperation.UpsertContact("joe", Joe), BulkOperation.AddContact(new())];

        var failed = await Assert.ThrowsAsync<ProblemException>(() => client.Bulk.SendAsync(operations, new() { Atomic = true }));

        Assert.Equal((422, "bulk-failed"), (failed.Status, failed.Code));
        Assert.Equal([424, 400], failed.BulkResults.Select(result => result.Status));
        Assert.Equal("invalid-members", failed.BulkResults[1].Problem!.Code);
        Assert.Same(operations[1], failed.BulkResults[1].Operation);
        Assert.Null(await client.Contacts.FindAsync("joe"));
    }

    [Fact]
    public async Task Stops_after_as_many_failures_as_wanted()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var results = await client.Bulk.SendAsync(
            [BulkOperation.RemoveContact("a"), BulkOperation.RemoveContact("b"), BulkOperation.UpsertContact("joe", Joe)],
            new() { FailOnErrors = 2 });

        Assert.Equal([404, 404, 424], results.Select(result => result.Status));
    }

    [Fact]
    public async Task Executes_a_request_once_whose_answer_was_lost()
    {
        var person = await service.AgentAsync();
        var lost = new LostAnswers(1);
        var client = Clients.Of(service, person, lost, new() { Clock = new JumpingClock() });

        var results = await client.Bulk.SendAsync([BulkOperation.AddContact(Joe)], new() { IdempotencyKey = "mine" });

        Assert.Equal([(HttpMethod.Post, "mine"), (HttpMethod.Post, "mine")], lost.Requests);
        Assert.Equal(
            results[0].Contact!.ContactId, Assert.Single(await Clients.Of(service, person).Contacts.ListAsync().AllAsync()).ContactId);
    }

    [Fact]
    public async Task Refuses_more_than_a_request_may_have()
    {
        var client = Clients.Answering(500);
        var operations = Enumerable.Range(0, 1001).Select(i => BulkOperation.RemoveContact($"c{i}")).ToList();

        await Assert.ThrowsAsync<ArgumentException>(() => client.Bulk.SendAsync(operations));
        await Assert.ThrowsAsync<ArgumentException>(() => client.Bulk.SendAllAsync([BulkOperation.AddContact(Joe, "joe")]).AllAsync());
        Assert.Throws<InvalidOperationException>(() => BulkOperation.AddContact(Joe).Reference);
        Assert.Throws<ArgumentException>(() => BulkOperation.RemoveContact(""));
        Assert.Throws<ArgumentException>(() => BulkOperation.AddContact(Joe, "\ud800"));
    }

    [Fact]
    public async Task Sends_any_number_in_as_many_requests_as_they_need()
    {
        var person = await service.AgentAsync();
        var seen = new LostAnswers(0);
        var client = Clients.Of(service, person, seen);
        var small = Enumerable.Range(0, 1001).Select(i => BulkOperation.UpsertContact($"c{i}", Joe));
        var notes = new string('x', 16_000);
        var large = Enumerable.Range(0, 300).Select(i => BulkOperation.UpsertContact($"l{i}", Joe with { Notes = notes }));

        var results = await client.Bulk.SendAllAsync(small.Concat(large)).AllAsync();

        Assert.All(results, result => Assert.Equal(201, result.Status));
        Assert.Equal(1301, results.Count);
        Assert.Equal("/contacts/c1000", results[1000].Location);
        Assert.Equal(3, seen.Requests.Select(request => request.Key).Distinct().Count()); // without retries on a busy machine
        Assert.Empty(await client.Bulk.SendAllAsync([]).AllAsync());
    }

    private static IEnumerable<int> Indexes(IReadOnlyList<BulkResult> results, Func<BulkResult, bool> condition) =>
        results.Index().Where(result => condition(result.Item)).Select(result => result.Index);
}
