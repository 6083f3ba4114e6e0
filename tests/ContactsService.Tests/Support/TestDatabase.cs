using Npgsql;

namespace ContactsService.Tests.Support;

/// <summary>One PostgreSQL server for the whole run, with a database for whoever asks.</summary>
public static class TestDatabase
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"contacts-tests-{Environment.ProcessId}");
    private static readonly Lazy<Task<string>> Server = new(StartAsync);

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

    public static Task StopAsync() => Task.CompletedTask;

    private static Task<string> StartAsync() => Task.FromResult("Host=/tmp/devpg;Username=contacts;Database=postgres");
}
