using System.Diagnostics;

namespace ContactsService.Tests.OpenApi;

/// <summary>One generator and one linter; <c>scripts/check-openapi</c> runs all of them.</summary>
public class GeneratorTests(Service service)
{
    private static readonly string Folder = FindFolder();
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Compiles_a_typed_client_that_runs_and_has_nothing_to_warn_of()
    {
        await InstallAsync();
        var root = await service.AdminAsync();

        var (exitCode, output) = await RunAsync("node", ["check.mjs", "redocly", "openapi-typescript"], new(StringComparer.Ordinal)
        {
            ["CONTACTS_URL"] = service.Address.ToString(),
            ["CONTACTS_ORGANIZATION"] = root.Organization,
            ["CONTACTS_TOKEN"] = root.Token,
        });

        Assert.True(exitCode == 0, output);
        Assert.Equal(10, output.Split('\n').Count(line => line.StartsWith("ok - ", StringComparison.Ordinal)));
    }

    // The tools that only the script runs are optional. What the script has installed stays.
    private static async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            return;
        }

        var (exitCode, output) = await RunAsync("npm", ["ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"], []);
        Assert.True(exitCode == 0, $"npm ci failed in {Folder}:\n{output}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> settings)
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

        using var process = Process.Start(start)!;
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

    /// <summary>The files are used where they are: node_modules is too much to copy at every build.</summary>
    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "ContactsService.Tests", "OpenApi");
            if (File.Exists(Path.Combine(candidate, "check.mjs")))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"No checkout with tests/ContactsService.Tests/OpenApi is above {AppContext.BaseDirectory}.");
    }
}
