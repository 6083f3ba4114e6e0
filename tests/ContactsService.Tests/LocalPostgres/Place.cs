using System.Diagnostics;
using System.Globalization;
using ContactsService.LocalPostgres;
using Npgsql;

namespace ContactsService.Tests.LocalPostgres;

/// <summary>A data folder of one test's own, and what a test does to the server in it. The server and all folders go with it.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly List<LocalServer> servers = [];
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);

    public Place(string below = "") => Wanted = Path.Combine(Root, below, "data");

    public string Root { get; } = Path.Combine("/tmp", $"contacts-test-{Guid.NewGuid():N}"[..30]);

    public string Wanted { get; }

    public List<string> Said { get; } = [];

    /// <summary>The cluster of the folder that is really used.</summary>
    public string Cluster => Path.Combine(folders.LastOrDefault(Wanted), "cluster");

    public int ServerPid => int.Parse(File.ReadAllLines(Path.Combine(Cluster, "postmaster.pid"))[0], CultureInfo.InvariantCulture);

    public bool HasServer => File.Exists(Path.Combine(Cluster, "postmaster.pid")) && ProcessIsThere(ServerPid);

    public LocalPostgresOptions Options(IReadOnlyList<string>? programs = null) => new()
    {
        DataFolder = Wanted,
        Log = Say,
        ProgramFolders = programs,
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["shared_buffers"] = "8MB", ["max_connections"] = "20" },
    };

    public async Task<LocalServer> StartAsync()
    {
        var server = await LocalServer.StartAsync(Options(), TestContext.Current.CancellationToken);
        servers.Add(server);
        folders.Add(server.DataFolder);
        return server;
    }

    /// <summary>As kill -9 does it.</summary>
    public void KillServer()
    {
        using var process = Process.GetProcessById(ServerPid);
        process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        foreach (var folder in folders.Append(Root).Where(System.IO.Directory.Exists))
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<object?> AskAsync(LocalServer server, string sql)
    {
        await using var connection = new NpgsqlConnection($"{server.ConnectionString};Pooling=false;Timeout=5");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks until there is an answer: the server may be on its way back.</summary>
    public static async Task<object?> AskPatientlyAsync(LocalServer server, string sql)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await AskAsync(server, sql);
            }
            catch (NpgsqlException) when (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    public static bool ProcessIsThere(int pid) =>
        File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;

    private void Say(string sentence)
    {
        lock (Said)
        {
            Said.Add(sentence);
        }
    }
}
