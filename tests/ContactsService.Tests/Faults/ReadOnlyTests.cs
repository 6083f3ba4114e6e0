using System.Diagnostics;
using System.Net;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class ReadOnlyTests
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_database_that_is_set_read_only_answers_reads_and_recovers_by_itself()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server.ConnectionString);
        using var http = Client(service);
        var known = await server.PersonAsync(http);
        var contact = await known.AddContactAsync("Joe");
        var stranger = await server.PersonAsync(http); // whose token was never used
        var requests = await EveryRequest.PrepareAsync(http, known);

        // Sessions that are there keep what they had; new ones are read-only.
        await server.ExecuteAsync("ALTER DATABASE postgres SET default_transaction_read_only = on");
        await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'contacts-service'");

        (await known.GetAsync($"/contacts/{contact}")).ShouldBe(200);
        Assert.Equal([], (await stranger.GetAsync("/contacts")).ShouldBe(200).Values("contacts", "displayName"));
        foreach (var request in requests.Where(request => request.Method != HttpMethod.Get && !IsSearch(request)))
        {
            var reply = await request.SendAsync(known);
            Assert.True((int)reply.Status is 503 or 403 or 404 or 400, $"{request}: {reply.Text}");
            if ((int)reply.Status == 503)
            {
                request.ShouldBeRefused(reply);
            }
        }

        Assert.Contains(
            "read-only", (await Reply.OfAsync(await http.GetAsync("/health/ready"))).ShouldBe(503).Text, StringComparison.Ordinal);
        foreach (var request in requests.Where(request => request.Method == HttpMethod.Get || IsSearch(request)))
        {
            var reply = await request.SendAsync(known);
            Assert.True((int)reply.Status < 500, $"{request}: {reply.Text}");
        }

        await server.ExecuteAsync(
            "BEGIN; SET transaction_read_only = off; ALTER DATABASE postgres RESET default_transaction_read_only; COMMIT");

        await ShouldReturnAsync(async () => (await http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.NoContent);
        await known.AddContactAsync("Jim");
    }

    [Fact]
    public async Task A_fail_over_to_a_standby_is_over_within_seconds()
    {
        await using var first = await FaultServer.StartNewAsync();
        Person ann;
        await using (var migrating = await StartAsync(first.ConnectionString))
        {
            using var client = Client(migrating);
            ann = await first.PersonAsync(client);
            await ann.AddContactAsync("Joe");
        }

        await using var second = await first.CopyAsync();
        await first.StartAsync();
        await second.StartAsync();
        await using var service = await StartAsync(
            first.ConnectionString.Replace("Host=", $"Host={Path.GetDirectoryName(second.Socket)},", StringComparison.Ordinal));
        using var http = Client(service);
        ann = new(http, ann.Organization, ann.User, ann.Token);
        await ann.AddContactAsync("Jim"); // the standby stands first, and is passed over

        await first.KillAsync();
        await ShouldReturnAsync(async () => (int)(await ann.GetAsync("/contacts")).Status == 200); // by the standby
        await second.PromoteAsync();
        var watch = Stopwatch.StartNew();
        await ShouldReturnAsync(async () =>
            (int)(await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Jack"}""")).Status == 201);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 6); // 8.7 to 10 with the driver's default
    }

    [Fact]
    public async Task A_lock_that_is_not_given_in_time_is_503()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync($"{server.ConnectionString};Options=-c lock_timeout=200ms");
        using var http = Client(service);
        var ann = await server.PersonAsync(http);
        await ann.AddContactAsync("Joe");
        await using var database = server.Connect();
        await using var connection = await database.OpenConnectionAsync();
        await using var locked = new Npgsql.NpgsqlCommand("BEGIN; SELECT FROM book FOR UPDATE", connection);
        await locked.ExecuteNonQueryAsync();

        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Jim"}""")).ShouldBeProblem(503, "unavailable");
        (await ann.PostAsync("/groups", """{"displayName":"Friends"}""")).ShouldBeProblem(503, "unavailable");
    }

    private static bool IsSearch(EveryRequest request) => request.Path.EndsWith("/.search", StringComparison.Ordinal);

    private static Task<ServiceProcess> StartAsync(string connectionString) =>
        ServiceProcess.StartAsync(new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connectionString });

    private static HttpClient Client(ServiceProcess service) => new() { BaseAddress = new(service.Address), Timeout = HangLimit };

    private static async Task ShouldReturnAsync(Func<Task<bool>> isBack)
    {
        var watch = Stopwatch.StartNew();
        while (!await isBack())
        {
            Assert.True(watch.Elapsed < HangLimit, "It did not come back.");
            await Task.Delay(50);
        }
    }
}
