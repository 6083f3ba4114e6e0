using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ContactsService.Tests.Faults;

/// <summary>Tests that break things or count milliseconds: one at a time, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    public const string Name = "Faults";
}

/// <summary>
/// A PostgreSQL server of one test, to be stopped, killed and frozen: with the durability that production has,
/// on a Unix socket in a folder of its own.
/// </summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);
    private static readonly bool IsRoot = Environment.IsPrivilegedProcess;
    private static readonly string Programs = System.IO.Directory.GetDirectories("/usr/lib/postgresql")
        .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
        .Select(folder => Path.Combine(folder, "bin"))
        .First(folder => File.Exists(Path.Combine(folder, "postgres")));

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"contacts-fault-{Guid.NewGuid():N}"[..24]);

    private FaultServer()
    {
    }

    /// <summary>For the service.</summary>
    public string ConnectionString => $"Host={folder};Username=contacts;Database=postgres";

    /// <summary>The path of its Unix socket.</summary>
    public string Socket => Path.Combine(folder, ".s.PGSQL.5432");

    private string Data => Path.Combine(folder, "data");

    /// <summary>A new cluster, not started yet.</summary>
    public static async Task<FaultServer> CreateAsync()
    {
        var server = new FaultServer();
        await RunAsync("install", IsRoot ? ["-d", "-m", "0700", "-o", "postgres", server.folder] : ["-d", "-m", "0700", server.folder]);
        // Only the making of the cluster is not synced; the server itself is as durable as ever.
        await RunAsPostgresAsync("initdb", "-D", server.Data, "-U", "contacts", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        return server;
    }

    /// <summary>A new cluster that runs.</summary>
    public static async Task<FaultServer> StartNewAsync()
    {
        var server = await CreateAsync();
        await server.StartAsync();
        return server;
    }

    /// <summary>A standby with what this server has, which is stopped for it. It follows nobody.</summary>
    public async Task<FaultServer> CopyAsync()
    {
        await StopSafelyAsync();
        var copy = new FaultServer();
        await RunAsync("cp", ["-a", folder, copy.folder]);
        await RunAsync("install", IsRoot
            ? ["-m", "0600", "-o", "postgres", "/dev/null", Path.Combine(copy.Data, "standby.signal")]
            : ["-m", "0600", "/dev/null", Path.Combine(copy.Data, "standby.signal")]);
        return copy;
    }

    /// <summary>Makes a primary of a standby.</summary>
    public Task PromoteAsync() => RunAsPostgresAsync("pg_ctl", "promote", "-w", "-D", Data);

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var database = Connect();
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await RunAsPostgresAsync(
                    "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(folder, "log"), "-o", $"-k {folder} -c listen_addresses=''");
                return;
            }
            catch (InvalidOperationException) when (watch.Elapsed < StartPatience)
            {
                // The last processes of a killed server still hold its shared memory.
                await Task.Delay(200);
            }
        }
    }

    /// <summary>Stops it without asking its clients.</summary>
    public Task StopAsync() => RunAsPostgresAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);

    /// <summary>Stops it, with nothing left to recover.</summary>
    public Task StopSafelyAsync() => RunAsPostgresAsync("pg_ctl", "stop", "-w", "-m", "fast", "-D", Data);

    /// <summary>kill -9 of the main process; the others follow by themselves, and until they have they still answer.</summary>
    public async Task KillAsync()
    {
        var processes = Processes();
        await RunAsync("kill", ["-KILL", .. processes.Take(1)]);
        while (processes.Exists(IsRunning))
        {
            await Task.Delay(10);
        }
    }

    /// <summary>Stops all its processes in their tracks: connections stay open, nothing answers.</summary>
    public Task FreezeAsync() => RunAsync("kill", ["-STOP", .. Processes()]);

    /// <summary>Lets them go on.</summary>
    public Task ThawAsync() => RunAsync("kill", ["-CONT", .. Processes()]);

    /// <summary>Connections of the test itself: each is new.</summary>
    public NpgsqlDataSource Connect() => NpgsqlDataSource.Create($"{ConnectionString};Pooling=false");

    /// <summary>A user of a service on this server.</summary>
    public async Task<Person> PersonAsync(HttpClient http, string role = "admin")
    {
        await using var database = Connect();
        return await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", role);
    }

    public async ValueTask DisposeAsync()
    {
        if (Processes().Count > 0)
        {
            try
            {
                await ThawAsync();
                await StopAsync();
            }
            catch (InvalidOperationException)
            {
                // It was about to end by itself: a test that failed must not fail for this.
            }
        }

        System.IO.Directory.Delete(folder, recursive: true);
    }

    /// <summary>The main process, then those it has started.</summary>
    private List<string> Processes()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file) || File.ReadLines(file).First() is not { } main || !System.IO.Directory.Exists($"/proc/{main}"))
        {
            return [];
        }

        var ids = System.IO.Directory.GetDirectories("/proc").Select(Path.GetFileName).OfType<string>();
        return [main, .. ids.Where(id => char.IsDigit(id[0]) && ParentOf(id) == main)];
    }

    // One that has ended stays as a zombie until its parent collects it, which does not happen in some containers.
    private static bool IsRunning(string id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string? ParentOf(string id)
    {
        try
        {
            // id (name) state parent …; the name may hold blanks and brackets.
            var status = File.ReadAllText($"/proc/{id}/stat");
            return status[(status.LastIndexOf(')') + 2)..].Split(' ')[1];
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
    }

    private static Task RunAsPostgresAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        return IsRoot ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        // The server inherits what it is started with, so its output must not be a pipe that is waited for.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
