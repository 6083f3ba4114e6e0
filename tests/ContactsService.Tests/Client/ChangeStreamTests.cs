using System.Net;
using System.Text;
using ContactsService.Client;
using static ContactsService.Tests.Client.ChangeCallsTests;

namespace ContactsService.Tests.Client;

public class ChangeStreamTests(Service service)
{
    private readonly List<string> addresses = [];

    [Fact]
    public async Task Gives_everything_there_is_and_then_what_changes()
    {
        var person = await service.AgentAsync();
        await person.AddContactAsync("Joe");
        await using var changes = Clients.Of(service, person).Changes.StreamAsync().GetAsyncEnumerator();

        Assert.Equal("put Joe", Text((await NextAsync(changes)).Change));
        Assert.Equal("put Other contacts", Text((await NextAsync(changes)).Change));
        await person.AddContactAsync("Sue");

        Assert.Equal("put Sue", Text((await NextAsync(changes)).Change));
    }

    [Fact]
    public async Task Gives_the_token_to_resume_from_with_each_change()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service, person);
        await person.AddContactAsync("Joe");
        await using var changes = client.Changes.StreamAsync().GetAsyncEnumerator();
        var first = await NextAsync(changes);

        Assert.Equal("put Other contacts", Texts([await client.Changes.GetPageAsync(first.Token)]));
        await using var resumed = client.Changes.StreamAsync(first.Token).GetAsyncEnumerator();
        Assert.Equal("put Other contacts", Text((await NextAsync(resumed)).Change));
    }

    [Fact]
    public async Task Ends_when_it_is_cancelled_and_when_access_ends()
    {
        var person = await service.AgentAsync();
        using var source = new CancellationTokenSource();
        var client = Clients.Of(service, person);
        await using var cancelled = client.Changes.StreamAsync("now", source.Token).GetAsyncEnumerator();
        await using var revoked = client.Changes.StreamAsync("now").GetAsyncEnumerator();
        var (first, second) = (cancelled.MoveNextAsync().AsTask(), revoked.MoveNextAsync().AsTask());
        await Task.Delay(500);

        await source.CancelAsync();
        await using var revoke = service.Database.CreateCommand($"DELETE FROM api_token WHERE organization = '{person.Organization}'");
        await revoke.ExecuteNonQueryAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var problem = await Assert.ThrowsAsync<ProblemException>(() => second.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal((401, "unauthenticated"), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task Opens_a_lost_stream_again_after_the_last_change_that_came_whole()
    {
        var clock = new PauseClock();
        var client = Client(
            clock,
            () => Events($"{Delete("a", 1)}id: b\nevent: change\ndata: {{\"ki"),
            () => throw new HttpRequestException(HttpRequestError.ConnectionError),
            () => new(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(7)) } },
            () => Events($":\n\n{Delete("b", 2)}"));
        await using var changes = client.Changes.StreamAsync().GetAsyncEnumerator();

        Assert.Equal(("1", "a"), ((await NextAsync(changes)).Change.Id, changes.Current.Token));
        Assert.Equal(("2", "b"), ((await NextAsync(changes)).Change.Id, changes.Current.Token));

        const string After = "/changes/stream?since=a";
        Assert.Equal(["/changes/stream", After, After, After], addresses);
        Assert.Contains(TimeSpan.FromSeconds(7), clock.Pauses);
    }

    [Fact]
    public async Task Takes_silence_for_a_lost_connection()
    {
        var client = Client(
            new PauseClock { Silences = 1 },
            () => new() { Content = new StreamContent(new SilentStream()) },
            () => Events(Delete("a", 1)));
        await using var changes = client.Changes.StreamAsync("x").GetAsyncEnumerator();

        Assert.Equal("1", (await NextAsync(changes)).Change.Id);
        Assert.Equal(["/changes/stream?since=x", "/changes/stream?since=x"], addresses);
    }

    [Fact]
    public async Task Skips_events_that_it_does_not_know()
    {
        var client = Client(
            new PauseClock(),
            () => Events($"id: a\ndata: x\n\nid: b\nevent: other\ndata: x\n\nevent: change\ndata: x\n\n{Delete("c", 3)}"));
        await using var changes = client.Changes.StreamAsync().GetAsyncEnumerator();

        Assert.Equal(("3", "c"), ((await NextAsync(changes)).Change.Id, changes.Current.Token));
    }

    [Fact]
    public async Task Pauses_longer_after_each_stream_without_changes()
    {
        var clock = new PauseClock();
        using var source = new CancellationTokenSource();
        var client = Client(clock, () => Events(":\n\n"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            clock.AfterPauses(8, source.Cancel);
            await client.Changes.StreamAsync(cancellationToken: source.Token).AllAsync();
        });

        Assert.InRange(clock.Pauses[0].TotalMilliseconds, 150, 250);
        Assert.InRange(clock.Pauses[1].TotalMilliseconds, 300, 500);
        Assert.InRange(clock.Pauses[7].TotalMilliseconds, 4800, 8000);
    }

    [Fact]
    public async Task Does_not_open_a_lost_stream_again_without_retries()
    {
        var http = new HttpClient(new Answers(_ => Events(":\n\n"))) { BaseAddress = new Uri("http://contacts.example") };

        var lost = await Assert.ThrowsAsync<HttpRequestException>(
            () => new ContactsClient(http, RetryOptions.None).Changes.StreamAsync().AllAsync());

        Assert.Equal(HttpRequestError.ResponseEnded, lost.HttpRequestError);
    }

    /// <summary>A client of a service with these answers, of which the last one repeats.</summary>
    private ContactsClient Client(TimeProvider clock, params Func<HttpResponseMessage>[] answers)
    {
        var http = new HttpClient(new Answers(request =>
        {
            Assert.Equal("text/event-stream", request.Headers.Accept.ToString());
            addresses.Add(request.RequestUri!.PathAndQuery);
            return answers[Math.Min(addresses.Count, answers.Length) - 1]();
        }));
        http.BaseAddress = new Uri("http://contacts.example");
        return new ContactsClient(http, new RetryOptions { Clock = clock });
    }

    private static string Delete(string token, int id) =>
        $$"""
        id: {{token}}
        event: change
        data: {"kind":"contact","op":"delete","id":"{{id}}"}


        """;

    private static HttpResponseMessage Events(string text) => new() { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };

    /// <summary>A clock whose pauses are over at once, and remembered. The limits of silence are not, except the first.</summary>
    private sealed class PauseClock : TimeProvider
    {
        private (int Count, Action Then) after;

        public List<TimeSpan> Pauses { get; } = [];

        /// <summary>How many limits of silence are over at once.</summary>
        public int Silences { get; set; }

        public void AfterPauses(int count, Action then) => after = (count, then);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == TimeSpan.FromSeconds(45))
            {
                return base.CreateTimer(callback, state, Silences-- > 0 ? TimeSpan.Zero : dueTime, period);
            }

            Pauses.Add(dueTime);
            if (Pauses.Count == after.Count)
            {
                after.Then();
            }

            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
