using ContactsService.Access;
using Npgsql;

[assembly: AssemblyFixture(typeof(ContactsService.Tests.Support.Service))]

namespace ContactsService.Tests.Support;

/// <summary>
/// One service on one PostgreSQL for all tests that do not break things. Each test makes an organization of its own,
/// so tests never meet, just as customers never do.
/// </summary>
public sealed class Service : IAsyncLifetime
{
    private ServiceProcess process = null!;
    private NpgsqlDataSource database = null!;
    private HttpClient http = null!;

    /// <summary>Where the service listens.</summary>
    public Uri Address => http.BaseAddress!;

    /// <summary>The database behind it, to look at what was stored.</summary>
    public NpgsqlDataSource Database => database;

    /// <summary>What the service has logged.</summary>
    public string Log => process.Output;

    public async ValueTask InitializeAsync()
    {
        var connection = await TestDatabase.CreateAsync();
        process = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Serilog__MinimumLevel__Override__ContactsService.Server.RequestLog"] = "Information",
        });
        database = NpgsqlDataSource.Create(connection);
        http = NewClient();
    }

    /// <summary>A client without a token.</summary>
    public HttpClient NewClient(int connections = int.MaxValue) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = connections })
        {
            BaseAddress = new Uri(process.Address),
            Timeout = TimeSpan.FromSeconds(30),
        };

    /// <summary>A user of a new organization.</summary>
    public Task<Person> AgentAsync(string user = "ann") => PersonAsync(NewOrganization(), user, "agent");

    /// <summary>An admin of a new organization.</summary>
    public Task<Person> AdminAsync(string user = "root") => PersonAsync(NewOrganization(), user, "admin");

    /// <summary>A user of a certain organization.</summary>
    public Task<Person> PersonAsync(string organization, string user, string role) => PersonAsync(database, http, organization, user, role);

    /// <summary>A user of a service that a test has started itself.</summary>
    public static async Task<Person> PersonAsync(NpgsqlDataSource database, HttpClient http, string organization, string user, string role)
    {
        var secret = ApiToken.NewSecret();
        await using var insert = database.CreateCommand("""
            INSERT INTO api_token (token_hash, token_id, organization, user_id, role, created, expires)
            VALUES ($1, $2, $3, $4, $5, now(), now() + interval '1 day')
            """);
        insert.Parameters.Add(new() { Value = ApiToken.Hash(secret) });
        insert.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        insert.Parameters.Add(new() { Value = organization });
        insert.Parameters.Add(new() { Value = user });
        insert.Parameters.Add(new() { Value = role });
        await insert.ExecuteNonQueryAsync();
        return new Person(http, organization, user, secret);
    }

    /// <summary>An organization that no other test has.</summary>
    public static string NewOrganization() => $"org-{Guid.NewGuid():N}";

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await database.DisposeAsync();
        await process.DisposeAsync();
        await File.WriteAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "service.log"), process.Output); // for whoever looks into a failure
        await TestDatabase.StopAsync();
    }
}
