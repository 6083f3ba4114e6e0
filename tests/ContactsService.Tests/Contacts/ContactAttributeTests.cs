using System.Text.Json.Nodes;
using ContactsService.Contacts;
using ContactsService.Contacts.Fields;

namespace ContactsService.Tests.Contacts;

/// <summary>Each text, date and list of a contact, whichever there are.</summary>
public class ContactAttributeTests(Service service)
{
    private const string Text = "  Ünïque \u2028 \"Text\"\n2 ";

    public static TheoryData<string> Texts =>
        [.. ContactField.All.Where(one => one is TextField and not DateField && !one.IsDirectoryField).Select(one => one.Name)];

    public static TheoryData<string> Dates => [.. ContactField.All.OfType<DateField>().Select(one => one.Name)];

    public static TheoryData<string> Lists =>
        [.. ContactField.All.OfType<PointsField>().Where(one => !one.HoldsPhoneNumbers).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_is_kept_to_the_letter_and_found_without_regard_to_case(string name)
    {
        var ann = await service.AgentAsync();
        var joe = await AddAsync(ann, name, Text);

        Assert.Equal(Text, (await ann.GetAsync(joe)).ShouldBe(200).Value(name));
        Assert.Equal(["joe"], await FindAsync(ann, $"{name}={Uri.EscapeDataString(Text.ToUpperInvariant())}"));
        Assert.Equal(["joe"], await FindAsync(ann, $"{name}[contains]=TEXT&fields={name}"));
        Assert.Equal(["joe"], await FindAsync(ann, $"{name}[startsWith]={Uri.EscapeDataString("  \u00fcN")}"));
        Assert.Empty(await FindAsync(ann, $"{name}[ne]={Uri.EscapeDataString(Text)}&contactId=joe"));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_changes_alone_and_can_be_unset(string name)
    {
        var ann = await service.AgentAsync();
        var joe = await AddAsync(ann, name, "before");

        Assert.Equal("after", (await ann.PatchAsync(joe, $$"""{"{{name}}":"after"}""")).ShouldBe(200).Value(name));
        Assert.Equal("after", (await ann.PatchAsync(joe, """{"isMigration":true}""")).ShouldBe(200).Value(name));
        if (name != "displayName")
        {
            Assert.Null((await ann.PatchAsync(joe, $$"""{"{{name}}":null}""")).ShouldBe(200)[name]);
            Assert.Equal(["joe"], await FindAsync(ann, $"{name}[exists]=false"));
        }

        (await ann.PatchAsync(joe, $$"""{"{{name}}":7}""")).ShouldBeProblem(400, "invalid-members", name);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    [MemberData(nameof(Dates))]
    public async Task Lists_are_sorted_by_what_has_one_value(string name)
    {
        var ann = await service.AgentAsync();
        foreach (var (id, value) in new[] { ("b", "2001-02-03"), ("c", "2003-01"), ("a", "1999-12-31") })
        {
            await AddAsync(ann, name, value, id);
        }

        await AddAsync(ann, "isMigration", true, "none");

        Assert.Equal(["a", "b", "c", "none"], await FindAsync(ann, $"sort={name}"));
        Assert.Equal(name == "displayName" ? ["none", "c", "b", "a"] : ["c", "b", "a", "none"], await FindAsync(ann, $"sort=-{name}"));
    }

    [Theory]
    [MemberData(nameof(Dates))]
    public async Task A_date_may_lack_its_year_or_day(string name)
    {
        var ann = await service.AgentAsync();
        foreach (var date in new[] { "2001-02-03", "2000-02-29", "2001-02", "--02-03", "--02-29", "0001-01-01", "9999-12-31" })
        {
            var joe = await AddAsync(ann, name, date, date);
            Assert.Equal(date, (await ann.GetAsync(joe)).ShouldBe(200).Value(name));
            Assert.Equal([date], await FindAsync(ann, $"{name}={date}"));
        }

        Assert.Equal(["2000-02-29", "2001-02", "2001-02-03"], await FindAsync(ann, $"{name}[gte]=2000&{name}[lt]=2002"));
        Assert.Equal(["--02-03", "--02-29"], await FindAsync(ann, $"{name}[startsWith]=--02"));
    }

    [Theory]
    [InlineData("2001")]
    [InlineData("2001-2-3")]
    [InlineData("2001-13")]
    [InlineData("2001-02-29")]
    [InlineData("2001-00-01")]
    [InlineData("0000-01-01")]
    [InlineData("--02-30")]
    [InlineData("--13-01")]
    [InlineData("--02")]
    [InlineData("-02-03")]
    [InlineData("2001-02-03T00:00:00Z")]
    [InlineData(" 2001-02-03")]
    [InlineData("03.02.2001")]
    [InlineData("")]
    [InlineData("eyJhbGciOiJkaXIifQ")]
    public async Task Refuses_what_is_in_no_calendar(string date)
    {
        var ann = await service.AgentAsync();

        var refused = await ann.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","birthday":"{{date}}","anniversary":"{{date}}"}""");

        refused.ShouldBeProblem(400, "invalid-members", "birthday");
        refused.ShouldBeProblem(400, "invalid-members", "anniversary");
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_keeps_its_entries_and_any_of_them_is_found(string name)
    {
        var ann = await service.AgentAsync();
        const string Entries =
            """[{"type":"","value":"One"},{"value":"Two","primary":true},{"type":"x","value":"Three","primary":false}]""";
        var joe = await AddAsync(ann, name, JsonNode.Parse(Entries)!);
        await ann.AddContactAsync("Bob");

        Assert.Equal(Entries, (await ann.GetAsync(joe)).ShouldBe(200)[name]!.ToJsonString());
        Assert.Equal(["joe"], await FindAsync(ann, $"{name}=TWO"));
        Assert.Equal(["joe"], await FindAsync(ann, $"{name}[contains]=hre"));
        Assert.Equal(["joe"], await FindAsync(ann, $"{name}[exists]=true"));
        Assert.Empty(await FindAsync(ann, $"{name}=four"));
        (await ann.GetAsync($"/contacts?sort={name}")).ShouldBeProblem(400, "invalid-filter", "sort");
        Assert.Equal(
            """[{"value":"Four"}]""",
            (await ann.PatchAsync(joe, $$"""{"{{name}}":[{"value":"Four"}]}""")).ShouldBe(200)[name]!.ToJsonString());
        Assert.Null((await ann.PatchAsync(joe, $$"""{"{{name}}":null}""")).ShouldBe(200)[name]);
        (await ann.PatchAsync(joe, $$"""{"{{name}}":[{"type":"x"}]}""")).ShouldBeProblem(400, "invalid-members", $"{name}[0].value");
    }

    private static async Task<string> AddAsync(Person person, string name, JsonNode value, string id = "joe")
    {
        var contact = new JsonObject { ["contactType"] = "CUSTOM", ["contactId"] = id, ["displayName"] = "Same", [name] = value };
        return (await person.PostAsync("/contacts", contact.ToJsonString())).ShouldBe(201).Location!;
    }

    private static async Task<List<string>> FindAsync(Person person, string query) =>
        (await person.GetAsync($"/contacts?{query}{(query.Contains("sort=", StringComparison.Ordinal) ? "" : "&sort=contactId")}"))
        .ShouldBe(200).Values("contacts", "contactId");

    [Theory]
    [InlineData("birthday", "yesterday")]
    [InlineData("birthday", "2001-02-30")]
    [InlineData("anniversary[gte]", "soon")]
    public async Task Refuses_a_filter_by_what_is_no_date(string filter, string value)
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync($"/contacts?{filter}={value}")).ShouldBeProblem(400, "invalid-filter", filter);
    }
}
