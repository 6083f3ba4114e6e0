using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ContactsService.Tests.Support;

/// <summary>The service as it is shipped: a process of its own, listening on loopback.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly StringBuilder output = new();
    private readonly Process process;

    private ServiceProcess(Process process, string address)
    {
        this.process = process;
        Address = address;
    }

    /// <summary>Such as <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Starts it with these settings, as environment variables, and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(
        Dictionary<string, string?> settings, string environment = "Production", bool waitUntilReady = true, string[]? arguments = null)
    {
        var address = settings.GetValueOrDefault(
            "ASPNETCORE_URLS") ?? $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        var process = Start(
            arguments ?? [],
            new(settings, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = address, ["ASPNETCORE_ENVIRONMENT"] = environment });
        var service = new ServiceProcess(process, address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));
        process.OutputDataReceived += (_, line) => service.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => service.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (waitUntilReady)
        {
            await service.WaitUntilReadyAsync();
        }

        return service;
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, Dictionary<string, string?> settings)
    {
        using var process = Start(arguments, settings);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(StartPatience);
        await using var kill = timeout.Token.Register(process.Kill); // when it serves instead of refusing
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output, await error);
    }

    public async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(5) };
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < StartPatience)
        {
            if (process.HasExited)
            {
                break;
            }

            try
            {
                using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.StatusCode == HttpStatusCode.NoContent)
                {
                    return;
                }
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                // It is starting.
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException($"The service did not get ready: {Output}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, without waiting.</summary>
    public void Terminate() => Signal(process.Id, 15);

    public Task WaitForExitAsync() => process.WaitForExitAsync();

    /// <summary>Sends a signal to a process of this test.</summary>
    public static void Signal(int id, int signal)
    {
        using var kill = Process.Start(
            "kill", [$"-{signal.ToString(CultureInfo.InvariantCulture)}", id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Terminate();
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private static Process Start(string[] arguments, Dictionary<string, string?> settings)
    {
        var dotnet = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

        // A shell makes what it starts in the background ignore SIGINT, and children inherit that: env becomes the program without it.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", dotnet] : [dotnet];
        var start = new ProcessStartInfo(program[0])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(
            [.. program[1..], Path.Combine(AppContext.BaseDirectory, "ContactsService.dll"), .. arguments], start.ArgumentList.Add);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
