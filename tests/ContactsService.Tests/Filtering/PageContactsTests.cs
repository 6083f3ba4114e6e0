namespace ContactsService.Tests.Filtering;

public class PageContactsTests(Service service)
{
    [Theory]
    [InlineData("")]
    [InlineData("&sort=-displayName")]
    [InlineData("&sort=title,-displayName")]
    [InlineData("&sort=-lastModified")]
    [InlineData("&displayName[startsWith]=c")]
    public async Task Shows_everything_exactly_once(string query)
    {
        var admin = await service.AdminAsync();
        for (var i = 0; i < 23; i++)
        {
            var title = i % 3 == 0 ? "" : $",\"title\":\"T{i % 5}\"";
            var owner = i % 4 == 0 ? admin.Organization : "me";
            (await admin.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"C{{i % 7}}","ownerId":"{{owner}}"{{title}}}"""))
                .ShouldBe(201);
        }

        var whole = (await admin.GetAsync($"/contacts?pageSize=1000{query}")).ShouldBe(200).Values("contacts", "contactId");
        var pages = await PagesAsync(admin, $"/contacts?pageSize=4{query}");

        Assert.Equal(23, whole.Count);
        Assert.Equal(whole, pages.SelectMany(page => page.Values("contacts", "contactId")));
        Assert.NotNull(pages[0]["groups"]);
        Assert.All(pages.Skip(1), page => Assert.Null(page["groups"]));
        Assert.Null(pages[^1]["nextPageToken"]);
    }

    [Fact]
    public async Task Stays_correct_during_concurrent_writes()
    {
        var ann = await service.AgentAsync();
        var untouched = new List<string>();
        var disturbed = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            (i % 2 == 0 ? untouched : disturbed).Add(await ann.AddContactAsync($"Contact {i:00}"));
        }

        var seen = new List<string>();
        var path = "/contacts?pageSize=3";
        for (var page = 0; path is not null; page++)
        {
            var reply = (await ann.GetAsync(path)).ShouldBe(200);
            seen.AddRange(reply.Values("contacts", "contactId"));
            path = Next(reply);
            (await ann.DeleteAsync($"/contacts/{disturbed[page % disturbed.Count]}")).ShouldBe(page < disturbed.Count ? 204 : 404);
            (await ann.PatchAsync($"/contacts/{disturbed[(page + 1) % disturbed.Count]}", $$"""{"displayName":"Contact {{page:00}}b"}"""))
                .ShouldBe(200);
            await ann.AddContactAsync($"Contact {page:00}a");
        }

        Assert.All(untouched, id => Assert.Single(seen, id));
    }

    [Fact]
    public async Task Binds_a_token_to_its_query_and_caller()
    {
        var ann = await service.AgentAsync();
        var bob = await service.PersonAsync(ann.Organization, "bob", "agent");
        await ann.AddContactAsync("A");
        await ann.AddContactAsync("B");
        var token = (await ann.GetAsync("/contacts?pageSize=1")).Value("nextPageToken");

        (await ann.GetAsync($"/contacts?pageSize=5&pageToken={token}")).ShouldBe(200);
        foreach (var refused in new[]
        {
            await ann.GetAsync($"/contacts?type=custom&pageToken={token}"),
            await ann.GetAsync($"/contacts?sort=lastName&pageToken={token}"),
            await ann.GetAsync($"/groups?pageToken={token}"),
            await bob.GetAsync($"/contacts?pageToken={token}"),
            await ann.GetAsync("/contacts?pageToken=nonsense"),
            await ann.GetAsync("/contacts?pageToken=W251bGxd"),
            await ann.GetAsync("/contacts?pageToken="),
        })
        {
            refused.ShouldBeProblem(400, "invalid-page-token", "pageToken");
        }
    }

    private static async Task<List<Reply>> PagesAsync(Person person, string path)
    {
        var pages = new List<Reply>();
        for (var next = path; next is not null; next = Next(pages[^1]))
        {
            pages.Add((await person.GetAsync(next)).ShouldBe(200));
        }

        return pages;
    }

    private static string? Next(Reply page) => page.Link is null ? null : page.Link[1..page.Link.IndexOf('>', StringComparison.Ordinal)];
}
