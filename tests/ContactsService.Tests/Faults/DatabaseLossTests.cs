using System.Diagnostics;
using System.Net;
using ContactsService.Tests.Genesys;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
public class DatabaseLossTests
{
    private static readonly TimeSpan MaxRefusalLength = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxReturnLength = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("stop")]
    [InlineData("kill")]
    [InlineData("freeze")]
    public async Task Refuses_quickly_while_the_database_is_unavailable_and_recovers(string loss)
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = Client(service);
        var known = await server.PersonAsync(http);
        var stranger = await server.PersonAsync(http); // whose token is not remembered yet
        var requests = await EveryRequest.PrepareAsync(known);
        await Task.WhenAll(Enumerable.Repeat(0, 64).Select(_ => known.GetAsync("/contacts"))); // fills the pool

        await (loss switch
        {
            "stop" => server.StopAsync(),
            "kill" => server.KillAsync(),
            _ => server.FreezeAsync(),
        });

        // Twice: what the pool holds is dead in the first round and gone in the second.
        for (var round = 0; round < 2; round++)
        {
            await Task.WhenAll(Enumerable.Repeat(requests, 3).SelectMany(all => all).SelectMany(request => (Task[])
            [
                ShouldBeRefusedAsync(request.ToString(), () => request.SendAsync(known)),
                ShouldBeRefusedAsync($"{request} of a stranger", () => request.SendAsync(stranger)),
            ])
            .Append(ShouldBeRefusedAsync("POST with a key", () => known.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Key"}""", ("Idempotency-Key", "k"))))
            .Append(ShouldBeRefusedAsync("ready", async () => await Reply.OfAsync(await http.GetAsync("/health/ready")))));
            (await Reply.OfAsync(await http.GetAsync("/health/live"))).ShouldBe(204);
        }

        await (loss == "freeze" ? server.ThawAsync() : server.StartAsync());
        await ShouldReturnAsync(async () =>
        {
            var replies = await Task.WhenAll(requests.Select(request => request.SendAsync(known)));
            using var ready = await http.GetAsync("/health/ready");
            return ready.StatusCode == HttpStatusCode.NoContent && replies.All(reply => (int)reply.Status < 500);
        });
        var all = await Task.WhenAll(Enumerable.Repeat(requests, 4).SelectMany(all => all).Select(request => request.SendAsync(known)));
        Assert.DoesNotContain(all, reply => (int)reply.Status >= 500);
    }

    [Fact]
    public async Task Reads_immediately_with_a_pool_of_dead_connections()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = Client(service);
        var ann = await server.PersonAsync(http);
        var contact = await ann.AddContactAsync("Joe");
        await Task.WhenAll(Enumerable.Repeat(0, 64).Select(_ => ann.GetAsync("/contacts")));

        await server.StopAsync();
        await server.StartAsync();

        var reads = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => ann.GetAsync(i % 2 == 0 ? "/contacts" : $"/contacts/{contact}")));
        Assert.All(reads, reply => reply.ShouldBe(200));
    }

    [Fact]
    public async Task Writes_soon_with_a_pool_of_dead_connections()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = Client(service);
        var ann = await server.PersonAsync(http);
        await Task.WhenAll(Enumerable.Repeat(0, 64).Select(_ => ann.GetAsync("/contacts")));

        await server.StopAsync();
        await server.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => ShouldReturnAsync(async () =>
        {
            var reply = await ann.PostAsync(
                "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Contact {{i}}"}""", ("Idempotency-Key", $"key {i}"));
            if (reply.Status == HttpStatusCode.Created)
            {
                return true;
            }

            reply.ShouldBeProblem(503, "unavailable");
            return false;
        })));
        var list = (await ann.GetAsync("/contacts?pageSize=1000")).ShouldBe(200);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => $"Contact {i}").Order(), list.Values("contacts", "displayName").Order());
    }

    [Fact]
    public async Task Refuses_one_write_at_most_for_a_pool_of_dead_connections()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = Client(service);
        var ann = await server.PersonAsync(http);
        var group = await ann.AddGroupAsync("Friends");
        await Task.WhenAll(Enumerable.Repeat(0, 64).Select(_ => ann.GetAsync("/contacts")));

        await server.StopAsync();
        await server.StartAsync();

        await ann.PutAsync($"/groups/{group}", """{"displayName":"Friends"}""");
        for (var i = 0; i < 5; i++)
        {
            (await ann.PutAsync($"/groups/{group}", """{"displayName":"Friends"}""")).ShouldBe(200);
        }
    }

    [Fact]
    public async Task Becomes_ready_when_the_database_starts_later()
    {
        await using var server = await FaultServer.CreateAsync();
        await using var service = await StartAsync(server, waitUntilReady: false);
        using var http = Client(service);
        await ShouldReturnAsync(() => IsLiveAsync(http));
        (await Reply.OfAsync(await http.GetAsync("/health/ready"))).ShouldBeProblem(503, "unavailable");
        var nobody = new Person(http, "o", "u", "unknown");
        await ShouldBeRefusedAsync("a token nobody can look up", () => nobody.GetAsync("/contacts"));

        await server.StartAsync();

        await ShouldReturnAsync(async () =>
        {
            using var ready = await http.GetAsync("/health/ready");
            return ready.StatusCode == HttpStatusCode.NoContent;
        });
        var ann = await server.PersonAsync(http);
        await ann.AddContactAsync("Joe");
    }

    private static Task<ServiceProcess> StartAsync(FaultServer server, bool waitUntilReady = true) =>
        ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = server.ConnectionString }, waitUntilReady: waitUntilReady);

    private static HttpClient Client(ServiceProcess service) =>
        new() { BaseAddress = new Uri(service.Address), Timeout = TimeSpan.FromSeconds(30) };

    private static async Task<bool> IsLiveAsync(HttpClient http)
    {
        try
        {
            using var live = await http.GetAsync("/health/live");
            return live.StatusCode == HttpStatusCode.NoContent;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    private static async Task ShouldBeRefusedAsync(string what, Func<Task<Reply>> send)
    {
        var watch = Stopwatch.StartNew();
        var reply = await send();
        Assert.True((int)reply.Status == 503, $"{what}: {(int)reply.Status} {reply.Text}");
        if (what.Contains(" /api/v2/", StringComparison.Ordinal))
        {
            reply.ShouldFail(503, 4);
        }
        else
        {
            reply.ShouldBeProblem(503, "unavailable");
        }

        Assert.Matches("^[1-9][0-9]*$", reply.Headers["Retry-After"]);
        Assert.True(watch.Elapsed < MaxRefusalLength, $"{what} took {watch.Elapsed.TotalSeconds:0.0} s");
    }

    private static async Task ShouldReturnAsync(Func<Task<bool>> isBack)
    {
        var watch = Stopwatch.StartNew();
        while (!await isBack())
        {
            Assert.True(watch.Elapsed < MaxReturnLength, "It did not come back.");
            await Task.Delay(100);
        }
    }
}
