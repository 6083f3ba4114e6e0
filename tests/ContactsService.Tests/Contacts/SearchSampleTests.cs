using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.Contacts;

/// <summary>Runs the searches of <c>Samples/searches.txt</c>, which says what each of them finds.</summary>
public class SearchSampleTests(Service service)
{
    private static readonly string[] Lines = File.ReadAllLines(
        Path.Combine(AppContext.BaseDirectory, "Contacts", "Samples", "searches.txt"));

    public static TheoryData<string> Scenes =>
        [.. Lines.Where(line => line.StartsWith("= ", StringComparison.Ordinal)).Select(line => line[2..])];

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task Finds_what_the_sample_says(string scene)
    {
        var lines = Lines.SkipWhile(line => line != $"= {scene}").Skip(1).TakeWhile(line => !line.StartsWith('=')).ToList();
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        if (scene.Split(' ') is [_, var region])
        {
            (await admin.PutAsync("/settings", $$"""{"region":"{{region}}"}""")).ShouldBe(200);
        }

        foreach (var line in lines.Where(line => line.StartsWith('+')))
        {
            await AddAsync(admin, ann, line.Split(' ', 4));
        }

        var wrong = new List<string>();
        foreach (var line in lines.Where(line => line.StartsWith('?')))
        {
            var (text, expected) = Read(line);
            var reply = (await ann.GetAsync($"/contacts?q={Uri.EscapeDataString(text)}")).ShouldBe(200);
            var found = string.Join(' ', reply.Values("contacts", "contactId"));
            if (found != expected)
            {
                wrong.Add($"{text}: expected {expected}, found {found}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void There_are_at_least_120_searches() => Assert.InRange(Lines.Count(line => line.StartsWith('?')), 120, 1000);

    private static async Task AddAsync(Person admin, Person ann, string[] line)
    {
        var contact = JsonNode.Parse(line[3])!.AsObject();
        contact["contactType"] = "CUSTOM";
        contact["displayName"] ??= line[1];
        contact["ownerId"] = line[2] == "org" ? admin.Organization : "me";
        // Letters with marks are no id.
        (await (line[2] == "org" ? admin : ann).PutAsync($"/contacts/{Id(line[1])}", contact.ToJsonString())).ShouldBe(201);
    }

    private static (string Text, string Expected) Read(string line)
    {
        var arrow = line.LastIndexOf("=>", StringComparison.Ordinal);
        return (
            JsonSerializer.Deserialize<string>($"\"{line[2..arrow].Trim()}\"")!,
            string.Join(' ', line[(arrow + 2)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Id)));
    }

    private static string Id(string name) => string.Concat(name.Select(c => char.IsAscii(c) ? c.ToString() : $"~{(int)c:x}"));
}
