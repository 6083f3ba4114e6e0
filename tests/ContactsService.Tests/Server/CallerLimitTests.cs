using System.Diagnostics;
using System.Net;
using ContactsService.Books;
using ContactsService.Tests.Changes;
using Npgsql;

namespace ContactsService.Tests.Server;

/// <summary>A service with a pool of four connections, of which a caller may take one and an organization two.</summary>
[Trait("Speed", "Slow")]
public sealed class CallerLimitTests : IAsyncLifetime
{
    private const string NewContact = """{"contactType":"CUSTOM","displayName":"Joe"}""";

    private ServiceProcess service = null!;
    private NpgsqlDataSource database = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await TestDatabase.CreateAsync();
        service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = $"{connection};Maximum Pool Size=4",
            ["Database__CallerPercent"] = "25",
            ["Database__OrganizationPercent"] = "50",
            ["Database__WaitSeconds"] = "1",
            ["Changes__WaitsPerCaller"] = "3",
        });
        database = NpgsqlDataSource.Create(connection);
        http = new HttpClient { BaseAddress = new Uri(service.Address) };
    }

    [Fact]
    public async Task A_caller_whose_requests_hang_leaves_connections_to_others()
    {
        var organization = Service.NewOrganization();
        var (ann, ben) = (await PersonAsync(organization, "ann"), await PersonAsync(organization, "ben"));
        (await ann.GetAsync("/contacts")).ShouldBe(200);

        Task<Reply>[] hanging;
        await using (await LockAsync(ann))
        {
            hanging = [.. Enumerable.Range(0, 4).Select(_ => ann.PostAsync("/contacts", NewContact))];
            await Task.Delay(200, TestContext.Current.CancellationToken);
            (await ben.GetAsync("/contacts")).ShouldBe(200);
            await ShouldBeReadyAsync();
            await Task.Delay(1200, TestContext.Current.CancellationToken);
        }

        var replies = await Task.WhenAll(hanging);
        Assert.Equal(
            [201, 429, 429, 429], replies.Select(reply => (int)reply.Status).Order());
        Assert.All(replies.Where(reply => reply.Status == HttpStatusCode.TooManyRequests), refused =>
            Assert.Equal("1", refused.ShouldBeProblem(429, "too-many-requests").Headers["Retry-After"]));
        Assert.Equal(["Joe"], (await ann.GetAsync("/contacts")).ShouldBe(200).Values("contacts", "displayName"));
    }

    [Fact]
    public async Task An_organization_whose_requests_hang_leaves_connections_to_others()
    {
        var organization = Service.NewOrganization();
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => PersonAsync(organization, $"user-{i}")));
        var other = await PersonAsync(Service.NewOrganization(), "ben");
        await Task.WhenAll(people.Select(async person => (await person.GetAsync("/contacts")).ShouldBe(200)));

        var locks = await Task.WhenAll(people.Select(LockAsync));
        var hanging = people.Select(person => person.PostAsync("/contacts", NewContact)).ToList();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        (await other.PostAsync("/contacts", NewContact)).ShouldBe(201);
        await ShouldBeReadyAsync();
        await Task.Delay(1200, TestContext.Current.CancellationToken);
        foreach (var one in locks)
        {
            await one.DisposeAsync();
        }

        Assert.Equal([201, 201, 429, 429], (await Task.WhenAll(hanging)).Select(reply => (int)reply.Status).Order());
    }

    [Fact]
    public async Task Is_ready_while_requests_hold_the_whole_pool()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => PersonAsync(Service.NewOrganization(), $"user-{i}")));
        await Task.WhenAll(people.Select(async person => (await person.GetAsync("/contacts")).ShouldBe(200)));

        var locks = await Task.WhenAll(people.Select(LockAsync));
        var hanging = people.Select(person => person.PostAsync("/contacts", NewContact)).ToList();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        await ShouldBeReadyAsync();
        foreach (var one in locks)
        {
            await one.DisposeAsync();
        }

        Assert.All(await Task.WhenAll(hanging), reply => reply.ShouldBe(201));
    }

    [Fact]
    public async Task What_waits_for_changes_takes_no_slot_and_has_a_limit_of_its_own()
    {
        var ann = await PersonAsync(Service.NewOrganization(), "ann");
        (await ann.GetAsync("/contacts")).ShouldBe(200);
        var token = await ann.NowAsync();
        var watch = Stopwatch.StartNew();

        var waiting = Enumerable.Range(0, 2).Select(_ => ann.ChangesAsync(token, "&wait=30")).ToList();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/changes/stream?since=now");
        using var stream = await ann.OpenAsync(request);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        (await ann.GetAsync($"/changes?since={token}&wait=30")).ShouldBeProblem(429, "too-many-requests");
        using var second = new HttpRequestMessage(HttpMethod.Get, "/changes/stream?since=now");
        using var refused = await ann.OpenAsync(second);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        (await ann.PostAsync("/contacts", NewContact)).ShouldBe(201);

        Assert.All(
            await Task.WhenAll(waiting),
            page => Assert.Equal("put Joe|put Other contacts", ChangeCalls.Texts(page["changes"]!.AsArray()!)));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
        stream.Dispose();
    }

    [Fact]
    public async Task The_server_ends_statements_and_transactions_that_the_service_has_given_up()
    {
        await using var source = ContactsService.Storage.Database.Open(database.ConnectionString, new());
        await using var show = source.CreateCommand(
            "SELECT current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')");
        Assert.Equal("5s 10s", await show.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await using var maintenance = ContactsService.Storage.Database.OpenMaintenance(database.ConnectionString);
        await using var unlimited = maintenance.CreateCommand(
            "SELECT current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')");
        Assert.Equal("0 0", await unlimited.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await database.DisposeAsync();
        await service.DisposeAsync();
    }

    private Task<Person> PersonAsync(string organization, string user) =>
        Service.PersonAsync(database, http, organization, user, "agent");

    /// <summary>Locks the own book of somebody: their writes hang until the result is disposed.</summary>
    private async Task<NpgsqlConnection> LockAsync(Person person)
    {
        var connection = await database.OpenConnectionAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("SELECT 1 FROM book WHERE book_id = $1 FOR UPDATE", connection)
        {
            Parameters = { new() { Value = BookKey.Of(person.Organization, person.User).Id } },
        };
        Assert.Equal(1, await command.ExecuteScalarAsync());
        return connection;
    }

    private async Task ShouldBeReadyAsync()
    {
        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, ready.StatusCode);
    }
}
