using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Webex;

/// <summary>
/// The real npm package @webex/calling against the service. The tests are in Sdk/*.test.js; each of them is a row here,
/// and node runs once for each file.
/// </summary>
[Trait("Speed", "Slow")]
public sealed partial class WebexSdkTests(Service service)
{
    private static readonly string Folder = FindFolder();
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<Task> Packages = new(InstallAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Runs = new(StringComparer.Ordinal);

    public static TheoryData<string, string> Tests()
    {
        var tests = new TheoryData<string, string>();
        foreach (var file in System.IO.Directory.EnumerateFiles(Folder, "*.test.js").Order(StringComparer.Ordinal))
        {
            foreach (Match test in Declaration().Matches(File.ReadAllText(file)))
            {
                tests.Add(Path.GetFileName(file), test.Groups["name"].Value);
            }
        }

        return tests;
    }

    [Theory]
    [MemberData(nameof(Tests))]
    public async Task Serves_the_unmodified_sdk(string file, string name)
    {
        var report = await Runs.GetOrAdd(file, _ => new(() => RunAsync(file))).Value;

        var result = Result().Matches(report).SingleOrDefault(match => match.Groups["name"].Value == name);
        Assert.True(result is not null, $"{file} did not get as far as \"{name}\":\n{report}");
        Assert.True(result.Groups["outcome"].Value == "ok", $"{file}: {name}\n{result.Value}");
    }

    [Fact]
    public async Task Has_a_row_for_every_test_in_the_files()
    {
        var declared = Tests().GroupBy(row => row.Data.Item1, row => row.Data.Item2, StringComparer.Ordinal).ToList();

        Assert.NotEmpty(declared);
        foreach (var file in declared)
        {
            var report = await Runs.GetOrAdd(file.Key, key => new(() => RunAsync(key))).Value;
            Assert.Equal(file, Result().Matches(report).Select(match => match.Groups["name"].Value));
        }
    }

    private async Task<string> RunAsync(string file)
    {
        await Packages.Value;

        var organization = Service.NewOrganization();
        var people = await Task.WhenAll(
            Enumerable.Range(1, 20).Select(number => service.PersonAsync(organization, $"user-{number}", "agent")));
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CONTACTS_URL"] = service.Address.ToString(),
            ["CONTACTS_PEOPLE"] = JsonSerializer.Serialize(new
            {
                people = people.Select(Describe),
                admin = Describe(await service.PersonAsync(organization, "root", "admin")),
                stranger = Describe(await service.AgentAsync("user-1")),
            }),
        };
        // Without --test, which would put what each file prints and its tests one level deeper in some versions of node.
        return (await RunAsync("node", ["--test-reporter=tap", file], settings)).Output;
    }

    private static object Describe(Person person) => new { organization = person.Organization, user = person.User, token = person.Token };

    /// <summary>npm ci, unless it was done since the lock file was last changed.</summary>
    private static async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            return;
        }

        var (exitCode, output) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], []);
        Assert.True(exitCode == 0, $"npm ci failed in {Folder}:\n{output}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        string program, string[] arguments, Dictionary<string, string> settings)
    {
        using var process = Start(program, arguments, settings);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(WaitLimit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.HasExited ? process.ExitCode : -1, await output + await error);
    }

    private static Process Start(string program, string[] arguments, Dictionary<string, string> settings)
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
                $"{program} is not here. Install Node.js 20 or newer with npm (Debian packages nodejs and npm, or https://nodejs.org); scripts/test does it on Debian and Ubuntu.", missing);
        }
    }

    /// <summary>The files are used where they are: node_modules is too much to copy at every build.</summary>
    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "ContactsService.Tests", "Webex", "Sdk");
            if (System.IO.Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException(
            $"No checkout with tests/ContactsService.Tests/Webex/Sdk is above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex(@"^test\('(?<name>[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    /// <summary>
    /// A result in TAP, with the block that says what was wrong. A skipped test has a remark behind its name and so is none of ours.
    /// </summary>
    [GeneratedRegex(@"^(?<outcome>ok|not ok) \d+ - (?<name>.+)$(\n  .*$)*", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Result();
}
