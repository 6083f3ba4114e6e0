using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Webex;

/// <summary>
/// The real npm package @webex/calling against the service. The tests are in Sdk/*.test.js; each of them is a row here,
/// and node runs once for each file.
/// </summary>
public sealed partial class WebexSdkTests(Service service)
{
    private static readonly NodeFolder Node = new("Webex", "Sdk");
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Runs = new(StringComparer.Ordinal);

    public static TheoryData<string, string> Tests()
    {
        var tests = new TheoryData<string, string>();
        foreach (var file in System.IO.Directory.EnumerateFiles(Node.Path, "*.test.js").Order(StringComparer.Ordinal))
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
        var organization = Service.NewOrganization();
        var people = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => service.PersonAsync(organization, $"user-{number}", "agent")));
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
        return (await Node.RunAsync(["--test-reporter=tap", file], settings)).Output;
    }

    private static object Describe(Person person) => new { organization = person.Organization, user = person.User, token = person.Token };

    [GeneratedRegex(@"^test\('(?<name>[^']+)'", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    /// <summary>A result in TAP, with the block that says what was wrong. A skipped test has a remark behind its name and so is none of ours.</summary>
    [GeneratedRegex(@"^(?<outcome>ok|not ok) \d+ - (?<name>.+)$(\n  .*$)*", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Result();
}
