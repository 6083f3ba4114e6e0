using System.Diagnostics;
using System.Globalization;

namespace ContactsService.Benchmarks;

/// <summary>A program that is measured, as a process of its own.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Prefix">True when the user is the first segment of the address.</param>
/// <param name="Process">Its process.</param>
internal sealed record Measured(string Name, Uri Address, bool Prefix, Process Process);

/// <summary>The programs that are compared, on the same database.</summary>
internal sealed class Programs : IAsyncDisposable
{
    private const int FirstPort = 18081;

    private readonly List<Measured> all = [];

    /// <summary>All of them, the service first.</summary>
    public IReadOnlyList<Measured> All => all;

    /// <summary>The service, which creates the tables.</summary>
    public Measured Service => all[0];

    /// <summary>Starts this build of the service and waits until it answers.</summary>
    public Task RunServiceAsync(string name, string connectionString) =>
        RunServiceAsync(name, AppContext.BaseDirectory, connectionString, cacheMegabytes: 0);

    /// <summary>Starts another instance of the service, or another build of it.</summary>
    public Task RunServiceAsync(string name, string folder, string connectionString, int cacheMegabytes) => RunAsync(
        name,
        prefix: false,
        "health/ready",
        Path.Combine(folder, "ContactsService.dll"),
        address => [],
        new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = Pooled(connectionString),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Limits__AnswerSeconds"] = "30",
            ["Limits__RequestsPerSecond"] = "10000000",
            ["Limits__RequestsAtOnce"] = "10000000",
            ["AnswerCache__MaxMegabytes"] = cacheMegabytes.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Starts a program of this project.</summary>
    public Task RunAsync(string name, string mode, string connectionString) => RunAsync(
        name,
        prefix: true,
        "ready",
        Path.Combine(AppContext.BaseDirectory, "ContactsService.Benchmarks.dll"),
        address => [mode, Pooled(connectionString), address],
        []);

    /// <summary>Ends all.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var program in all)
        {
            program.Process.Kill();
            await program.Process.WaitForExitAsync();
            program.Process.Dispose();
        }
    }

    // The local server takes 100 connections, and up to five programs share it.
    private static string Pooled(string connectionString) => $"{connectionString};Maximum Pool Size=18;Timeout=30;Command Timeout=30";

    private async Task RunAsync(
        string name, bool prefix, string ready, string program, Func<string, string[]> arguments, Dictionary<string, string?> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FirstPort + all.Count}/");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments(address.ToString())]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        all.Add(new(name, address, prefix, process));
        await ReadyAsync(new Uri(address, ready));
    }

    private static async Task ReadyAsync(Uri address)
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var reply = await http.GetAsync(address);
                if (reply.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is starting.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"{address} does not answer.");
    }
}
