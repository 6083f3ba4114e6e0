using ContactsService.Filtering;

namespace ContactsService.Tests.Filtering;

/// <summary>
/// The numbering plans against the npm package google-libphonenumber: Numbering/spellings.js prints its example number of every type in
/// every region, in every usual spelling.
/// </summary>
public sealed class NumberingPlanTests
{
    // By population: United Nations, World Population Prospects 2024.
    private static readonly string[] LargestRegions =
    [
        "IN", "CN", "US", "ID", "PK", "NG", "BR", "BD", "RU", "ET", "MX", "JP", "EG", "PH", "CD", "VN", "IR", "TR", "DE", "TH", "TZ", "GB",
        "FR", "ZA", "IT", "KE", "MM", "CO", "KR", "SD",
    ];

    private static readonly NodeProject Node = new("Filtering/Numbering");
    private static readonly Lazy<Task<List<Spelling>>> Spellings = new(ReadAsync);

    [Fact]
    public async Task Reads_every_spelling_of_the_30_largest_countries()
    {
        var spellings = (await Spellings.Value).Where(spelling => LargestRegions.Contains(spelling.Region)).ToList();

        Assert.Equal(LargestRegions.Order(), spellings.Select(spelling => spelling.Region).Distinct().Order());
        Assert.Equal("", Lines(spellings.Where(spelling => spelling.IsMissed)));
    }

    [Fact]
    public async Task Reads_995_of_1000_spellings_of_all_regions()
    {
        var spellings = await Spellings.Value;
        var missed = spellings.Where(spelling => spelling.IsMissed).ToList();

        Assert.True(spellings.Count > 15_000, $"Only {spellings.Count} spellings.");
        Assert.True(missed.Count * 1000 <= spellings.Count * 5, $"{missed.Count} of {spellings.Count}:\n{Lines(missed)}");
    }

    [Fact]
    public async Task Never_takes_a_number_for_another()
    {
        var spellings = await Spellings.Value;
        var numbers = spellings.Select(spelling => spelling.E164[1..]).ToHashSet();

        Assert.Equal("", Lines(spellings.Where(spelling => spelling.IsMissed && numbers.Contains(spelling.Parsed?.Digits ?? ""))));
        Assert.Equal("", Lines(spellings.Where(spelling => spelling.IsMissed && spelling.Parsed is { IsInternational: true })));
    }

    [Fact]
    public async Task Reads_international_spellings_without_a_region()
    {
        var spellings = (await Spellings.Value).Where(spelling => spelling.Text.Contains('+')).ToList();

        Assert.Equal("", Lines(spellings.Where(spelling => PhoneNumber.Parse(spelling.Text, null)?.Digits != spelling.E164[1..])));
    }

    [Fact]
    public async Task Finds_each_spelling_by_the_keys_of_each_other_one()
    {
        var missed = from spelling in await Spellings.Value
                     where !spelling.IsMissed
                     group spelling.Text by (spelling.E164, spelling.ReadIn) into texts
                     from stored in texts.Append(texts.Key.E164)
                     from asked in texts.Append(texts.Key.E164)
                     where !IsFound(stored, asked)
                     select $"{texts.Key}: {stored}, {asked}";

        Assert.Empty(missed);
    }

    [Fact]
    public async Task Has_a_plan_for_every_region()
    {
        var regions = (await Spellings.Value).Select(spelling => spelling.Region).Where(region => region != "001").Distinct();

        Assert.Equal(regions.Order(StringComparer.Ordinal), NumberingPlans.AllRegions.Order(StringComparer.Ordinal));
    }

    private static async Task<List<Spelling>> ReadAsync()
    {
        await Node.InstallAsync();
        var (exitCode, output) = await Node.RunAsync("node", ["spellings.js"], []);
        Assert.True(exitCode == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Select(cells => new Spelling(cells[0], cells[1], cells[2], cells[3], PhoneNumber.Parse(cells[3], cells[2])))];
    }

    private static bool IsFound(string stored, string asked) =>
        PhoneNumberKeys.OfStored(stored).Intersect(PhoneNumberKeys.OfAsked(PhoneNumber.Parse(asked, null)!.Value)).Any();

    private static string Lines(IEnumerable<Spelling> spellings) => string.Join('\n', spellings);

    private sealed record Spelling(string Region, string E164, string ReadIn, string Text, PhoneNumber? Parsed)
    {
        public bool IsMissed => Parsed is not { IsInternational: true, Extension: null } parsed || parsed.Digits != E164[1..];
    }
}
