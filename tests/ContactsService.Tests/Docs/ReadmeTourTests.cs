using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Docs;

/// <summary>
/// Runs the requests of the README in their order, and compares the answers. Ids, times, ETags and trace ids are other ones each time.
/// With <c>UPDATE_README=1</c> the answers are written into the README instead.
/// </summary>
[Trait("Speed", "Slow")]
public partial class ReadmeTourTests
{
    private const string Host = "localhost:8080";
    private const string Command = "dotnet run --project src/ContactsService --";
    private const string Separator = "=== end of block ===";

    [Fact]
    public async Task Shows_what_is_answered()
    {
        var path = Checkout.File("README.md");
        var readme = await File.ReadAllTextAsync(path);
        var blocks = Blocks().Matches(readme);
        Assert.True(blocks.Count > 8, "The blocks are not found.");

        var answers = await RunAsync([.. blocks.Select(block => block.Groups["requests"].Value)]);

        if (Environment.GetEnvironmentVariable("UPDATE_README") == "1")
        {
            foreach (var (block, answer) in blocks.Zip(answers).Reverse())
            {
                var shown = block.Groups["answers"];
                readme = readme.Remove(shown.Index, shown.Length).Insert(shown.Index, answer);
            }

            await File.WriteAllTextAsync(path, readme);
        }
        else
        {
            Assert.Equal(Mask(string.Join("\n", blocks.Select(block => block.Groups["answers"].Value))), Mask(string.Join("\n", answers)));
        }
    }

    private static async Task<List<string>> RunAsync(IReadOnlyList<string> blocks)
    {
        const string Setting = "ConnectionStrings__Contacts";
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal) { [Setting] = connection }, "Development");
        var host = new Uri(service.Address).Authority;
        var program = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "ContactsService.dll")}'";
        var script = string.Join($"echo '{Separator}'\n", blocks)
            .Replace(Host, host, StringComparison.Ordinal)
            .Replace(Command, program, StringComparison.Ordinal);
        var start =
            new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, Environment = { [Setting] = connection } };
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        return [.. output.Replace(host, Host, StringComparison.Ordinal).Split($"{Separator}\n")];
    }

    // An id stays recognizable: the first one that appears is id1 wherever it appears again.
    private static string Mask(string answers)
    {
        var ids = new List<string>();
        var masked = Id().Replace(answers, match =>
        {
            if (!ids.Contains(match.Value))
            {
                ids.Add(match.Value);
            }

            return $"id{ids.IndexOf(match.Value) + 1}";
        });
        return Secret().Replace(Time().Replace(masked, "time"), "$1masked\"");
    }

    [GeneratedRegex("```bash\n(?<requests>[^`]*)```\n\n```json\n(?<answers>[^`]*)```", RegexOptions.None, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z", RegexOptions.None, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("""("(?:traceId|etag|nextPageToken)":")(?:[^"\\]|\\.)*["]""", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
