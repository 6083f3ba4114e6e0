using System.Globalization;
using ContactsService.Tests.Faults;

namespace ContactsService.Tests.Mirrors;

/// <summary>Two instances of the service on a database that is as durable as in production. Each of the three may be killed.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    // Beyond it something hangs.
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(90);

    private readonly FaultServer server;
    private readonly Dictionary<string, string?>[] settings;
    private readonly ServiceProcess[] services;
    private readonly HttpClient[] clients;

    private Cluster(FaultServer server, Dictionary<string, string?>[] settings, ServiceProcess[] services)
    {
        this.server = server;
        this.settings = settings;
        this.services = services;
        clients = [.. services.Select(service => new HttpClient { BaseAddress = new(service.Address), Timeout = HangLimit })];
    }

    public static async Task<Cluster> StartAsync()
    {
        var server = await FaultServer.StartNewAsync();
        Dictionary<string, string?>[] settings = [Settings(server), Settings(server)];
        return new(server, settings, [await ServiceProcess.StartAsync(settings[0]), await ServiceProcess.StartAsync(settings[1])]);
    }

    /// <summary>A user, as a caller of both instances.</summary>
    public async Task<ClusterCaller> AddCallerAsync(string organization, string user, string role)
    {
        await using var database = server.Connect();
        var first = await Service.PersonAsync(database, clients[0], organization, user, role);
        return new([first, new(clients[1], organization, user, first.Token)]);
    }

    /// <summary>kill -9 of an instance, and its next start.</summary>
    public async Task RestartServiceAsync(int instance)
    {
        await services[instance].KillAsync();
        await services[instance].DisposeAsync();
        services[instance] = await ServiceProcess.StartAsync(settings[instance]);
    }

    /// <summary>kill -9 of the database, its next start, and what the instances need to find it again.</summary>
    public async Task RestartDatabaseAsync()
    {
        await server.KillAsync();
        await server.StartAsync();
        await Task.WhenAll(services.Select(service => service.WaitUntilReadyAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (client, service) in clients.Zip(services))
        {
            client.Dispose();
            await service.DisposeAsync();
        }

        await server.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(FaultServer server) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Contacts"] = server.ConnectionString,
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture)}",
    };
}

/// <summary>A caller of both instances.</summary>
internal sealed class ClusterCaller(Person[] at)
{
    public string Organization => at[0].Organization;

    public string User => at[0].User;

    /// <summary>The caller at an instance.</summary>
    public Person At(int instance) => at[instance];
}
