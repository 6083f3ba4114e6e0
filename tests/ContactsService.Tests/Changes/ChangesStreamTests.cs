using System.Diagnostics;
using System.Text.Json.Nodes;
using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Changes;

public class ChangesStreamTests(Service service)
{
    [Fact]
    public async Task Begins_with_everything_and_goes_on_with_what_changes()
    {
        var ann = await service.AgentAsync();
        var joe = await ann.AddContactAsync("Joe");

        await using var stream = await EventReader.OpenAsync(service, ann);
        Assert.Equal("text/event-stream", stream.MediaType);
        Assert.Equal("put Joe|put Other contacts", await stream.TextsAsync(2));
        await ann.DeleteAsync($"/contacts/{joe}");
        Assert.Equal($"delete {joe}|put Other contacts", await stream.TextsAsync(2));
    }

    [Fact]
    public async Task Sends_an_event_for_each_change_on_one_line_with_the_token_after_it()
    {
        var ann = await service.AgentAsync();
        var token = await ann.NowAsync();
        await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe","notes":"two\nlines\r\u2028"}""");
        var page = await ann.ChangesAsync(token);

        await using var stream = await EventReader.OpenAsync(service, ann, $"?since={token}");
        var first = Assert.NotNull(await stream.NextAsync());
        var afterFirst = stream.LastEventId;
        var second = Assert.NotNull(await stream.NextAsync());

        Assert.Equal("change", first.EventType);
        Assert.DoesNotContain('\n', first.Data);
        Assert.Equal(page["changes"]![0]!.ToJsonString(), JsonNode.Parse(first.Data)!.ToJsonString());
        Assert.Equal(page["changes"]![1]!.ToJsonString(), JsonNode.Parse(second.Data)!.ToJsonString());
        Assert.Equal("put Other contacts", await ann.TextsAsync(afterFirst));
        Assert.Equal("", await ann.TextsAsync(stream.LastEventId));
    }

    [Fact]
    public async Task Resumes_after_the_last_event_which_wins_over_since()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        await using var first = await EventReader.OpenAsync(service, ann);
        Assert.Equal("put Joe", await first.TextsAsync(1));

        await using var second = await EventReader.OpenAsync(service, ann, "?since=now", first.LastEventId);

        Assert.Equal("put Other contacts", await second.TextsAsync(1));
    }

    [Fact]
    public async Task Tells_the_token_of_now_before_the_first_event()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");

        await using var stream = await EventReader.OpenAsync(service, ann, "?since=now");
        var next = stream.NextAsync();
        await Task.Delay(300);
        var token = stream.LastEventId;
        await ann.AddContactAsync("Sue");
        Assert.NotNull(await next);

        Assert.Equal("put Sue|put Other contacts", await ann.TextsAsync(token));
    }

    [Fact]
    public async Task Sends_a_first_copy_of_several_pages()
    {
        var admin = await service.AdminAsync();
        await Parallel.ForAsync(0, 450, async (i, _) => await admin.AddSharedAsync($"Taxi {i}"));

        await using var stream = await EventReader.OpenAsync(service, admin);

        Assert.Equal(450, (await stream.TextsAsync(450)).Split('|').Distinct().Count());
    }

    [Fact]
    public async Task Sends_a_comment_every_15_seconds()
    {
        var ann = await service.AgentAsync();
        using var http = service.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/changes/stream?since={await ann.NowAsync()}");
        request.Headers.Authorization = new("Bearer", ann.Token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(":|", $"{await body.ReadLineAsync()}|{await body.ReadLineAsync()}");
        var watch = Stopwatch.StartNew();

        Assert.Equal(":|", $"{await body.ReadLineAsync()}|{await body.ReadLineAsync()}");

        Assert.InRange(watch.Elapsed.TotalSeconds, 14, 25);
    }

    [Fact]
    public async Task Ends_within_5_seconds_when_the_token_is_revoked()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        await using var stream = await EventReader.OpenAsync(service, ann, "?since=now");
        var next = stream.NextAsync();
        await Task.Delay(300);
        var watch = Stopwatch.StartNew();

        await service.EndTokenAsync(ann, "DELETE FROM api_token WHERE token_hash = $1");

        Assert.Null(await next);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task Shows_nothing_of_other_callers()
    {
        var admin = await service.AdminAsync();
        var (ann, bob) = (await service.ColleagueAsync(admin), await service.ColleagueAsync(admin, "bob"));
        await using var stream = await EventReader.OpenAsync(service, ann, "?since=now");

        await bob.AddContactAsync("Bob's");
        await admin.AddContactAsync("Root's");
        await admin.AddSharedAsync("Taxi");

        Assert.Equal("put Taxi", await stream.TextsAsync(1));
    }

    [Theory]
    [InlineData("?since=x", null, "since")]
    [InlineData("", "x", "Last-Event-ID")]
    public async Task Refuses_tokens_that_the_service_has_not_made(string query, string? lastEventId, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync($"/changes/stream{query}", lastEventId is null ? [] : [("Last-Event-ID", lastEventId)]))
            .ShouldBeProblem(400, "invalid-change-token", member);
    }

    [Theory]
    [InlineData("pageSize=1")]
    [InlineData("wait=1")]
    [InlineData("x=1")]
    public async Task Refuses_unknown_parameters(string query) =>
        (await (await service.AgentAsync()).GetAsync($"/changes/stream?{query}"))
            .ShouldBeProblem(400, "unknown-parameter", query[..query.IndexOf('=', StringComparison.Ordinal)]);

    [Fact]
    public async Task Refuses_callers_that_take_no_events() =>
        (await (await service.AgentAsync()).GetAsync("/changes/stream", ("Accept", "application/json")))
            .ShouldBeProblem(406, "not-acceptable");

    [Fact]
    public async Task Answers_HEAD_at_once_without_a_body()
    {
        var reply = (await (await service.AgentAsync()).SendAsync(HttpMethod.Head, "/changes/stream", null, [])).ShouldBe(200);

        Assert.Equal("text/event-stream", reply.Headers["Content-Type"]);
        Assert.Equal("", reply.Text);
    }
}
