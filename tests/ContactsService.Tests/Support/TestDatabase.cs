using ContactsService.LocalPostgres;
using Npgsql;

namespace ContactsService.Tests.Support;

/// <summary>
/// One PostgreSQL server for the whole run, with a database for whoever asks: of <c>CONTACTS_TEST_SERVER</c> (a connection
/// string whose user may create databases) when that is set, otherwise a private one that is gone afterwards.
/// </summary>
public static class TestDatabase
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"contacts-tests-{Guid.NewGuid():N}");
    private static readonly Lazy<Task<string>> Server = new(StartAsync);
    private static LocalServer? started;

    /// <summary>A new, empty database; the connection string to it.</summary>
    public static async Task<string> CreateAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        var server = await Server.Value;
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>Stops the private server and removes its data.</summary>
    public static async Task StopAsync()
    {
        if (started is not null)
        {
            var folder = started.DataFolder;
            await started.DisposeAsync();
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("CONTACTS_TEST_SERVER") is { Length: > 0 } given)
        {
            return given;
        }

        started = await LocalServer.StartAsync(
            new LocalPostgresOptions
            {
                DataFolder = Folder,
                Database = "postgres",
                Durable = false, // what a test loses with the machine, it does not miss
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "400" },
            },
            CancellationToken.None);
        return started.ConnectionString;
    }
}
