using System.Diagnostics;

namespace ContactsService.Tests.Faults;

/// <summary>PgBouncer in transaction mode before a server.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    private readonly Process process;
    private readonly string settings;

    private PgBouncer(Process process, string settings, int port)
    {
        this.process = process;
        this.settings = settings;
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=contacts;Database=postgres;Options=;Max Auto Prepare=0";
    }

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>As docs/operating.md has it.</summary>
    public string ConnectionString { get; }

    public static async Task<PgBouncer> StartAsync(FaultServer server)
    {
        var port = ServiceProcess.FreePort();
        var settings = Path.Combine(Path.GetTempPath(), $"pgbouncer-{Guid.NewGuid():N}.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            * = host={Path.GetDirectoryName(server.Socket)} user=contacts

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 10
            """);
        // It does not run as root.
        var process = Process.Start(new ProcessStartInfo(
            Program, Environment.IsPrivilegedProcess ? ["-q", "-u", "postgres", settings] : ["-q", settings])
        {
            RedirectStandardError = true,
        })!;
        process.BeginErrorReadLine();
        return new(process, settings, port);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        File.Delete(settings);
    }
}
