using System.Diagnostics;
using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Changes;

public class ChangesWaitTests(Service service)
{
    [Fact]
    public async Task Answers_at_once_when_there_is_something()
    {
        var ann = await service.AgentAsync();
        var token = await ann.NowAsync();
        await ann.AddContactAsync("Joe");
        var watch = Stopwatch.StartNew();

        var reply = await ann.ChangesAsync(token, "&wait=30");

        Assert.Equal("put Joe|put Other contacts", ChangeCalls.Texts(reply["changes"]!.AsArray()!));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public async Task Answers_as_soon_as_there_is_something()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var token = await ann.NowAsync();
        var watch = Stopwatch.StartNew();

        var own = ann.ChangesAsync(token, "&wait=30");
        var shared = admin.ChangesAsync(await admin.NowAsync(), "&wait=30");
        await Task.Delay(500);
        Assert.False(own.IsCompleted);
        await admin.AddSharedAsync("Taxi");

        Assert.Equal("put Taxi", ChangeCalls.Texts((await own)["changes"]!.AsArray()!));
        Assert.Equal("put Taxi", ChangeCalls.Texts((await shared)["changes"]!.AsArray()!));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.5, 20);
    }

    [Fact]
    public async Task Is_empty_when_the_time_is_over()
    {
        var ann = await service.AgentAsync();
        var token = await ann.NowAsync();
        var watch = Stopwatch.StartNew();

        var reply = await ann.ChangesAsync(token, "&wait=1");

        Assert.Equal($$"""{"changes":[],"nextToken":"{{token}}","more":false}""", reply.Text);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 20);
    }

    [Fact]
    public async Task Goes_on_when_what_changed_is_nothing_that_the_caller_sees()
    {
        var admin = await service.AdminAsync();
        var token = await admin.NowAsync();

        var waiting = admin.ChangesAsync(token, "&wait=30");
        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200);
        await Task.Delay(1000);
        Assert.False(waiting.IsCompleted);
        await admin.AddContactAsync("Joe");

        Assert.Equal("put Joe|put Other contacts", ChangeCalls.Texts((await waiting)["changes"]!.AsArray()!));
    }

    [Fact]
    public async Task Is_longer_than_the_time_limit_of_an_answer()
    {
        var ann = await service.AgentAsync();

        var reply = await ann.ChangesAsync(await ann.NowAsync(), "&wait=6");

        Assert.Equal("[]", reply["changes"]!.ToJsonString());
    }

    [Fact]
    public async Task Ends_within_5_seconds_when_the_token_is_revoked()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var expiring = await service.ColleagueAsync(admin, "bob");
        var (token, other) = (await ann.NowAsync(), await expiring.NowAsync());
        var waiting = ann.GetAsync($"/changes?since={token}&wait=30");
        var expires = expiring.GetAsync($"/changes?since={other}&wait=30");
        await Task.Delay(300);
        var watch = Stopwatch.StartNew();

        await service.EndTokenAsync(ann, "DELETE FROM api_token WHERE token_hash = $1");
        await service.EndTokenAsync(expiring, "UPDATE api_token SET expires = now() WHERE token_hash = $1");

        var reply = (await waiting).ShouldBeProblem(401, "unauthenticated");
        Assert.StartsWith("Bearer", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await expires).ShouldBeProblem(401, "unauthenticated");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }
}
