using System.Diagnostics;
using Npgsql;

namespace ContactsService.Tests.Server;

/// <summary>Ctrl+C and SIGTERM before the service listens.</summary>
[Trait("Speed", "Slow")]
public sealed class InterruptedStartTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    // PostgreSQL, which may run under another account, has to reach it.
    private readonly string folder = $"/tmp/contacts-interrupted-{Guid.NewGuid():N}";

    [Theory]
    [InlineData("", Interrupt, 130)] // the programs are looked for
    [InlineData("unfinished-*", Terminate, 143)] // initdb runs
    [InlineData("cluster/postmaster.pid", Interrupt, 130)] // the server starts
    [InlineData("cluster/postmaster.pid", Terminate, 143)]
    public async Task Leaves_no_PostgreSQL_behind_when_it_is_stopped_while_its_own_starts(string sign, int signal, int expected)
    {
        await using var service = await StartAsync([]);
        await WaitForAsync(() => System.IO.Directory.Exists(folder) && (sign.Length == 0 || Exists(sign)), service);

        ServiceProcess.Signal(service.Id, signal);

        await ShouldHaveEndedAsync(service, expected);
        Assert.DoesNotContain(CommandLines(), line => line.Contains(folder, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SELECT pg_advisory_lock(x'636F6E7461637473'::bigint)", Terminate, 143)]
    [InlineData("BEGIN; LOCK \"__EFMigrationsHistory\"", Interrupt, 130)] // it migrates
    [InlineData("BEGIN; LOCK contact", Interrupt, 130)] // it computes columns of older rows
    public async Task Ends_without_a_stack_trace_when_it_is_stopped_while_it_migrates(string hold, int signal, int expected)
    {
        var database = await TestDatabase.CreateAsync();
        Dictionary<string, string?> settings = new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = database };
        await (await ServiceProcess.StartAsync(settings)).DisposeAsync();
        await using var other = new NpgsqlConnection(database);
        await other.OpenAsync();
        await using var holding = new NpgsqlCommand(hold, other);
        await holding.ExecuteNonQueryAsync();
        await using var waiting = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() "
            + "AND NOT granted) OR EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            + "AND query LIKE 'SELECT pg_try_advisory_xact_lock%')",
            other);
        await using var service = await StartAsync(settings);
        await WaitForAsync(() => waiting.ExecuteScalar() is true, service);

        ServiceProcess.Signal(service.Id, signal);

        await ShouldHaveEndedAsync(service, expected);
    }

    [Fact]
    public async Task Leaves_no_PostgreSQL_behind_when_a_command_is_stopped_while_it_starts()
    {
        await using var command = await StartAsync([], "token", "list", "--organization", "acme");
        await WaitForAsync(() => Exists("cluster/postmaster.pid"), command);

        ServiceProcess.Signal(command.Id, Interrupt);

        await ShouldHaveEndedAsync(command, 130);
        Assert.DoesNotContain(CommandLines(), line => line.Contains(folder, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        if (System.IO.Directory.Exists(folder))
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private Task<ServiceProcess> StartAsync(Dictionary<string, string?> settings, params string[] arguments) =>
        ServiceProcess.StartAsync(
            new(settings, StringComparer.Ordinal) { ["Database__DataFolder"] = folder }, waitUntilReady: false, arguments: arguments);

    private bool Exists(string sign)
    {
        var path = Path.Combine(folder, sign);
        return System.IO.Directory.Exists(Path.GetDirectoryName(path))
            && System.IO.Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(path)!, Path.GetFileName(path)).Any();
    }

    private static async Task WaitForAsync(Func<bool> isThere, ServiceProcess service)
    {
        for (var watch = Stopwatch.StartNew(); !isThere(); await Task.Delay(5))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1) && !service.HasExited, service.Output);
        }
    }

    private static async Task ShouldHaveEndedAsync(ServiceProcess service, int code)
    {
        await service.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", service.Output, StringComparison.Ordinal);
        Assert.Equal(code, service.ExitCode);
    }

    private static IEnumerable<string> CommandLines() => System.IO.Directory.GetDirectories("/proc")
        .Where(process => process.AsSpan(6).IndexOfAnyExceptInRange('0', '9') < 0)
        .Select(process => Path.Combine(process, "cmdline"))
        .Where(File.Exists)
        .Select(ReadIfThere);

    private static string ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }
}
