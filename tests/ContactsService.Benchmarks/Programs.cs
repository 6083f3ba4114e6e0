using System.Diagnostics;

namespace ContactsService.Benchmarks;

/// <summary>The service and the bare program, each a process of its own on the same database.</summary>
internal sealed class Programs : IAsyncDisposable
{
    /// <summary>Where the service listens.</summary>
    public static readonly Uri Service = new("http://127.0.0.1:18081");

    /// <summary>Where the bare program listens.</summary>
    public static readonly Uri Bare = new("http://127.0.0.1:18082");

    private readonly List<Process> processes = [];

    /// <summary>Starts both and waits until they answer; the service makes the tables.</summary>
    public static async Task<Programs> StartAsync(string connectionString)
    {
        var programs = new Programs();
        programs.Run("ContactsService.dll", [], new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connectionString,
            ["ASPNETCORE_URLS"] = Service.ToString(),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Limits__RequestsPerSecond"] = "10000000",
            ["Limits__RequestsAtOnce"] = "10000000",
        });
        programs.Run("ContactsService.Benchmarks.dll", ["bare", connectionString, Bare.ToString()], []);
        try
        {
            await ReadyAsync(new Uri(Service, "/health/ready"));
            await ReadyAsync(new Uri(Bare, "/ready"));
            return programs;
        }
        catch
        {
            await programs.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends both.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private void Run(string program, string[] arguments, Dictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        processes.Add(process);
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
