using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ContactsService.Access;
using Npgsql;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class DatabaseLossTests
{
    // No measure of speed, which a busy machine could not hold: beyond it something hangs.
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("stop")]
    [InlineData("kill")]
    [InlineData("freeze")]
    public async Task Refuses_while_the_database_is_away_and_comes_back_by_itself(string loss)
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = Client(service);
        var known = await server.PersonAsync(http);
        var stranger = await server.PersonAsync(http); // whose token is not remembered yet
        var requests = await EveryRequest.PrepareAsync(http, known);
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
            await Task.WhenAll(Enumerable.Repeat(requests, 2).SelectMany(all => all).SelectMany(request => (Task[])
            [
                ShouldBeRefusedAsync(request, known),
                ShouldBeRefusedAsync(request, stranger),
            ])
            .Append(ShouldBeRefusedAsync(
                new(HttpMethod.Post, "/contacts", """{"contactType":"CUSTOM","displayName":"Key"}"""), known, ("Idempotency-Key", "k")))
            .Append(ShouldBeRefusedAsync(new(HttpMethod.Get, "/health/ready"), known)));
            (await Reply.OfAsync(await http.GetAsync("/health/live"))).ShouldBe(204);
        }

        await (loss == "freeze" ? server.ThawAsync() : server.StartAsync());
        await ShouldReturnAsync(async () =>
        {
            var replies = await Task.WhenAll(requests.Select(request => request.SendAsync(known)));
            using var ready = await http.GetAsync("/health/ready");
            return ready.StatusCode == HttpStatusCode.NoContent && replies.All(reply => (int)reply.Status < 500);
        });
        var all = await Task.WhenAll(Enumerable.Repeat(requests, 2).SelectMany(all => all).Select(request => request.SendAsync(known)));
        Assert.DoesNotContain(all, reply => (int)reply.Status >= 500);
    }

    [Fact]
    public async Task Reads_immediately_with_a_pool_of_dead_connections()
    {
        await using var server = await FaultServer.StartNewAsync();
        // With time for a busy machine: a 503 is then due to a dead connection.
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = $"{server.ConnectionString};Timeout=50;Command Timeout=50",
            ["Limits__AnswerSeconds"] = "50",
        });
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
    public async Task Counts_what_the_token_took_into_the_time_of_an_answer()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = Client(service);
        var ann = await server.PersonAsync(http);
        await ann.AddContactAsync("Joe");
        await using var database = server.Connect();
        var unread = await Service.PersonAsync(database, http, ann.Organization, ann.User, "agent");
        await using var tokens = await LockAsync(database, "LOCK TABLE api_token");
        await using var books = await LockAsync(database, "SELECT FROM book FOR UPDATE");

        var watch = Stopwatch.StartNew();
        var posting = unread.PostAsync("/groups", """{"displayName":"Friends"}""");
        await Task.Delay(TimeSpan.FromSeconds(3));
        await tokens.DisposeAsync();

        (await posting).ShouldBeProblem(503, "unavailable");
        Assert.InRange(watch.Elapsed.TotalSeconds, 3.5, 6); // 4, and some for a busy machine; 7 when each had its own
    }

    [Fact]
    public async Task Asks_a_server_that_cannot_be_connected_to_just_once_for_a_request()
    {
        // By repetitions, many requests at once kept the processors from answering in time.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var attempts = 0;
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var refused = await listener.AcceptSocketAsync();
                Interlocked.Increment(ref attempts);
            }
        });
        await using var service = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal)
            {
                ["ConnectionStrings__Contacts"] =
                    $"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Username=contacts;Database=postgres;"
                    + "SSL Mode=Disable;GSS Encryption Mode=Disable",
            },
            waitUntilReady: false);
        using var http = Client(service);
        await ShouldReturnAsync(() => IsLiveAsync(http));
        var nobody = new Person(http, "o", "u", ApiToken.NewSecret());

        attempts = 0;
        var replies = await Task.WhenAll(Enumerable.Repeat(0, 100).Select(_ => nobody.GetAsync("/contacts")));

        Assert.All(replies, reply => reply.ShouldBeProblem(503, "unavailable"));
        Assert.InRange(attempts, 1, 150); // those of the migrator and of webhooks too
    }

    [Fact]
    public async Task Becomes_ready_when_the_database_starts_later()
    {
        await using var server = await FaultServer.CreateAsync();
        await using var service = await StartAsync(server, waitUntilReady: false);
        using var http = Client(service);
        await ShouldReturnAsync(() => IsLiveAsync(http));
        (await Reply.OfAsync(await http.GetAsync("/health/ready"))).ShouldBeProblem(503, "unavailable");
        var nobody = new Person(http, "o", "u", ApiToken.NewSecret());
        await ShouldBeRefusedAsync(new(HttpMethod.Get, "/contacts"), nobody);

        await server.StartAsync();

        await ShouldReturnAsync(async () =>
        {
            using var ready = await http.GetAsync("/health/ready");
            return ready.StatusCode == HttpStatusCode.NoContent;
        });
        var ann = await server.PersonAsync(http);
        await ann.AddContactAsync("Joe");
    }

    // Held until its connection is closed.
    private static async Task<IAsyncDisposable> LockAsync(NpgsqlDataSource database, string sql)
    {
        var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"BEGIN; {sql}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static Task<ServiceProcess> StartAsync(FaultServer server, bool waitUntilReady = true) => ServiceProcess.StartAsync(
        new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = server.ConnectionString,
            // One caller sends hundreds of requests at once.
            ["Database__CallerPercent"] = "100",
            ["Database__OrganizationPercent"] = "100",
        },
        waitUntilReady: waitUntilReady);

    private static HttpClient Client(ServiceProcess service) => new() { BaseAddress = new Uri(service.Address), Timeout = HangLimit };

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

    // While the database is still away: the answer itself shows that nothing waited for it.
    private static async Task ShouldBeRefusedAsync(EveryRequest request, Person caller, params (string Name, string Value)[] headers)
    {
        var reply = await request.SendAsync(caller, headers);
        Assert.True((int)reply.Status == 503, $"{request}: {(int)reply.Status} {reply.Text}");
        request.ShouldBeRefused(reply);
    }

    private static async Task ShouldReturnAsync(Func<Task<bool>> isBack)
    {
        var watch = Stopwatch.StartNew();
        while (!await isBack())
        {
            Assert.True(watch.Elapsed < HangLimit, "It did not come back.");
            await Task.Delay(100);
        }
    }
}
