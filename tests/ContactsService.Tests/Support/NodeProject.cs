using System.ComponentModel;
using System.Diagnostics;

namespace ContactsService.Tests.Support;

/// <summary>
/// A folder of the tests with a package.json. Its files are used where they are: node_modules is too much to copy at every build.
/// </summary>
/// <param name="path">Below the folder of the tests.</param>
/// <param name="installArguments">For <c>npm ci</c>, beside the usual ones.</param>
internal sealed class NodeProject(string path, params string[] installArguments)
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(5);

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Find(path);

    /// <summary>npm ci, unless it was done since the lock file was last changed.</summary>
    public async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            return;
        }

        var (exitCode, output) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", .. installArguments], []);
        Assert.True(exitCode == 0, $"npm ci failed in {Folder}:\n{output}");
    }

    /// <summary>Runs a program in the folder, with these environment variables, to its end.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> settings)
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
            WorkingDirectory = Folder,
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
                $"{program} is not here. Install Node.js 20 or newer with npm (Debian packages nodejs and npm, or https://nodejs.org); "
                + "scripts/test does it on Debian and Ubuntu.",
                missing);
        }
    }

    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "ContactsService.Tests", path);
            if (File.Exists(Path.Combine(candidate, "package.json")))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"No checkout with tests/ContactsService.Tests/{path} is above {AppContext.BaseDirectory}.");
    }
}
