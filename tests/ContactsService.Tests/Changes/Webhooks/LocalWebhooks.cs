using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;

namespace ContactsService.Tests.Changes.Webhooks;

/// <summary>A service that may call receivers on loopback, with a database of its own.</summary>
public sealed class LocalWebhooks : IAsyncLifetime
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(20);

    private ServiceProcess process = null!;
    private string connection = null!;
    private HttpClient http = null!;

    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>Where the service listens.</summary>
    public Uri Address => http.BaseAddress!;

    public string Log => process.Output;

    public async ValueTask InitializeAsync()
    {
        connection = await TestDatabase.CreateAsync();
        Database = NpgsqlDataSource.Create(connection);
        process = await StartAsync();
        http = new() { BaseAddress = new Uri(process.Address), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>An instance on this database.</summary>
    public Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Contacts"] = connection,
        ["Webhooks__AllowPrivateAddresses"] = "true",
    });

    public Task<Person> PersonAsync(string organization, string user, string role) =>
        Service.PersonAsync(Database, http, organization, user, role);

    public Task<Person> AgentAsync() => PersonAsync(Service.NewOrganization(), "ann", "agent");

    public Task<Person> AdminAsync() => PersonAsync(Service.NewOrganization(), "root", "admin");

    /// <summary>Sets what the time would bring: the next attempt is due, or was so long ago.</summary>
    public async Task SetAsync(string webhookId, string columns)
    {
        await using var update = Database.CreateCommand($"UPDATE webhook SET {columns} WHERE webhook_id = $1");
        update.Parameters.Add(new() { Value = Guid.Parse(webhookId) });
        Assert.Equal(1, await update.ExecuteNonQueryAsync());
    }

    /// <summary>Reads a column of a webhook, as text.</summary>
    public async Task<string> ReadAsync(string webhookId, string expression)
    {
        await using var select = Database.CreateCommand($"SELECT ({expression})::text FROM webhook WHERE webhook_id = $1");
        select.Parameters.Add(new() { Value = Guid.Parse(webhookId) });
        return await select.ExecuteScalarAsync() as string ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Adds a webhook and gives its id and its secret.</summary>
    internal static async Task<(string Id, string Secret)> AddAsync(Person person, string url, string more = "")
    {
        var made = (await person.PostAsync("/webhooks", $$"""{"url":"{{url}}"{{more}}}""")).ShouldBe(201);
        return (made.Value("webhookId"), made.Value("secret"));
    }

    /// <summary>Waits until so many deliveries of a webhook are in its log, and returns them, newest first.</summary>
    internal static async Task<JsonNode[]> DeliveriesAsync(Person person, string webhookId, int count)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var deliveries = (await person.GetAsync($"/webhooks/{webhookId}/deliveries")).ShouldBe(200)["deliveries"]!.AsArray();
            if (deliveries.Count >= count || watch.Elapsed > WaitLimit)
            {
                Assert.Equal(count, deliveries.Count);
                return [.. deliveries.Select(delivery => delivery!)];
            }

            await Task.Delay(50);
        }
    }
}
