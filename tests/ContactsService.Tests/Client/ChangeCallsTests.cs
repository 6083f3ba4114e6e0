using System.Net;
using ContactsService.Client;

namespace ContactsService.Tests.Client;

public class ChangeCallsTests(Service service)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Copies_everything_page_by_page_and_later_reads_what_has_changed()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service, person);
        var joe = await person.AddContactAsync("Joe");
        await person.AddContactAsync("Sue");

        var copy = await client.Changes.GetPagesAsync(pageSize: 2).AllAsync();
        await client.Contacts.RemoveAsync(joe);
        var later = await client.Changes.GetPagesAsync(copy[^1].NextToken).AllAsync();

        Assert.Equal([true, false], copy.Select(page => page.More));
        Assert.Equal("put Joe|put Sue|put Other contacts", Texts(copy));
        Assert.Equal($"delete {joe}|put Other contacts", Texts(later));
        var (gone, group) = (later[0].Changes[0], later[0].Changes[1]);
        Assert.Equal((ChangeKinds.Contact, true, null), (gone.Kind, gone.IsDelete, gone.Contact));
        Assert.Equal((ChangeKinds.Group, false, 1), (group.Kind, group.IsDelete, group.Group!.MemberCount));
        Assert.True(group.Version >= gone.Version);
    }

    [Fact]
    public async Task Begins_at_the_token_of_now()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service, person);
        await person.AddContactAsync("Joe");

        var token = await client.Changes.GetTokenAsync();
        await person.AddContactAsync("Sue");

        Assert.Equal("put Sue|put Other contacts", Texts([await client.Changes.GetPageAsync(token)]));
    }

    [Fact]
    public async Task Waits_for_a_change()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service, person);
        var token = await client.Changes.GetTokenAsync();

        var page = client.Changes.GetPageAsync(token, wait: TimeSpan.FromSeconds(60));
        await Task.Delay(300);
        Assert.False(page.IsCompleted);
        await person.AddContactAsync("Joe");

        Assert.Equal("put Joe|put Other contacts", Texts([await page.WaitAsync(Limit)]));
        Assert.Empty((await client.Changes.GetPageAsync((await page).NextToken, wait: TimeSpan.FromSeconds(0.2))).Changes);
    }

    [Fact]
    public async Task Follows_from_the_copy_to_every_later_change()
    {
        var person = await service.AgentAsync();
        await person.AddContactAsync("Joe");
        await using var pages = Clients.Of(service, person).Changes.FollowAsync(pageSize: 1).GetAsyncEnumerator();

        Assert.Equal("put Joe|put Other contacts", Texts([await NextAsync(pages), await NextAsync(pages)]));
        Assert.False(pages.Current.More);
        var next = NextAsync(pages);
        await person.AddContactAsync("Sue");

        Assert.Equal("put Sue|put Other contacts", Texts([await next, await NextAsync(pages)]));
    }

    [Fact]
    public async Task Follows_past_lost_answers_and_refusals()
    {
        var person = await service.AgentAsync();
        await person.AddContactAsync("Joe");
        var retries = new RetryOptions { Clock = new JumpingClock() };

        foreach (var between in new DelegatingHandler[] { new LostAnswers(3), new Refusals(3, HttpStatusCode.ServiceUnavailable) })
        {
            await using var pages = Clients.Of(service, person, between, retries).Changes.FollowAsync().GetAsyncEnumerator();
            Assert.Equal("put Joe|put Other contacts", Texts([await NextAsync(pages)]));
        }
    }

    [Fact]
    public async Task Waits_less_than_the_timeout_of_the_HttpClient()
    {
        var addresses = new List<string>();
        var answers = new Answers(request =>
        {
            addresses.Add(request.RequestUri!.PathAndQuery);
            return new() { Content = new StringContent("""{"changes":[],"nextToken":"a b","more":false}""") };
        });
        foreach (var timeout in new[] { TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan })
        {
            var http = new HttpClient(answers) { BaseAddress = new Uri("http://contacts.example"), Timeout = timeout };
            await using var pages = new ContactsClient(http).Changes.FollowAsync().GetAsyncEnumerator();
            await NextAsync(pages);
            await NextAsync(pages);
        }

        const string First = "/changes", Long = "/changes?since=a%20b&wait=30";
        Assert.Equal([First, Long, First, "/changes?since=a%20b&wait=10", First, Long], addresses);
    }

    [Fact]
    public async Task Tells_that_a_token_has_expired()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service, person);
        await person.AddContactAsync("Joe");
        var token = await client.Changes.GetTokenAsync();
        await using var restore = service.Database.CreateCommand(
            $"UPDATE book SET revision = revision - 1 WHERE organization = '{person.Organization}'");
        await restore.ExecuteNonQueryAsync();

        foreach (var read in new Func<Task>[]
        {
            () => client.Changes.GetPageAsync(token),
            () => client.Changes.FollowAsync(token).AllAsync(),
            () => client.Changes.StreamAsync(token).AllAsync(),
        })
        {
            var expired = await Assert.ThrowsAsync<ProblemException>(read);
            Assert.Equal((410, "token-expired", true), (expired.Status, expired.Code, expired.IsTokenExpired));
        }
    }

    [Fact]
    public async Task Refuses_a_token_that_is_none_and_a_page_that_is_too_large()
    {
        var client = Clients.Of(service, await service.AgentAsync());

        var token = await Assert.ThrowsAsync<ProblemException>(() => client.Changes.GetPageAsync("x"));
        var size = await Assert.ThrowsAsync<ProblemException>(() => client.Changes.GetPageAsync(pageSize: 1001));

        Assert.Equal(("invalid-change-token", false), (token.Code, token.IsTokenExpired));
        Assert.Equal("invalid-filter", size.Code);
    }

    internal static string Texts(IEnumerable<ChangePage> pages) => string.Join('|', pages.SelectMany(page => page.Changes).Select(Text));

    internal static string Text(Change change) => $"{change.Op} {change.Contact?.DisplayName ?? change.Group?.DisplayName ?? change.Id}";

    internal static async Task<T> NextAsync<T>(IAsyncEnumerator<T> sequence)
    {
        Assert.True(await sequence.MoveNextAsync().AsTask().WaitAsync(Limit));
        return sequence.Current;
    }
}
