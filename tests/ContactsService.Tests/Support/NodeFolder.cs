using System.ComponentModel;
using System.Diagnostics;

namespace ContactsService.Tests.Support;

/// <summary>
/// A folder of this project with a package-lock.json, whose scripts run on node. The files are used where they are: node_modules is too
/// much to copy at every build.
/// </summary>
public sealed class NodeFolder
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(5);
    private readonly Lazy<Task> _packages;

    public NodeFolder(params string[] path)
    {
        Path = Find(System.IO.Path.Combine(["tests", "ContactsService.Tests", .. path]));
        _packages = new(InstallAsync);
    }

    public string Path { get; }

    /// <summary>Runs node once the packages are there.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, Dictionary<string, string> settings)
    {
        await _packages.Value;
        return await RunAsync("node", arguments, settings);
    }

    /// <summary>npm ci, unless it was done since the lock file was last changed.</summary>
    private async Task InstallAsync()
    {
        var installed = new FileInfo(System.IO.Path.Combine(Path, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(System.IO.Path.Combine(Path, "package-lock.json")))
        {
            return;
        }

        var (exitCode, output) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], []);
        Assert.True(exitCode == 0, $"npm ci failed in {Path}:\n{output}");
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> settings)
    {
        using var process = Start(program, arguments, settings);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(WaitLimit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.HasExited ? process.ExitCode : -1, await output + await error);
    }

    private Process Start(string program, string[] arguments, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                $"{program} is not here. Install Node.js 20 or newer with npm (Debian packages nodejs and npm, or https://nodejs.org); scripts/test does it on Debian and Ubuntu.", missing);
        }
    }

    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, path);
            if (System.IO.Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"No checkout with {path} is above {AppContext.BaseDirectory}.");
    }
}
