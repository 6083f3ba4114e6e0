using System.Globalization;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.Contacts;

/// <summary>meta: version, time and ETag of what is listed.</summary>
public class ContactVersionTests(Service service)
{
    [Fact]
    public async Task A_list_shows_the_ETag_of_each_contact_and_group()
    {
        var admin = await service.AdminAsync();
        var queue = (await admin.PostAsync("/queues", """{"name":"Billing"}""")).ShouldBe(201);
        (await admin.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Taxi","ownerId":"{{admin.Organization}}"}"""))
            .ShouldBe(201);
        await admin.AddContactAsync("Joe");
        (await admin.PutAsync($"/contacts/{queue.Value("queueId")}", """{"contactType":"CLOUD"}""")).ShouldBe(201);

        var list = (await admin.GetAsync("/contacts")).ShouldBe(200);

        Assert.Equal(3, list["contacts"]!.AsArray().Count);
        foreach (var contact in list["contacts"]!.AsArray())
        {
            Assert.Equal(
                (await admin.GetAsync($"/contacts/{contact!["contactId"]}")).ShouldBe(200).ETag,
                contact["meta"]!["etag"]!.GetValue<string>());
        }

        var group = Assert.Single(list["groups"]!.AsArray())!;
        Assert.Equal((await admin.GetAsync($"/groups/{group["groupId"]}")).ShouldBe(200).ETag, group["meta"]!["etag"]!.GetValue<string>());
        Assert.Equal(queue.ETag, queue["meta"]!["etag"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_ETag_of_a_list_works_in_If_Match()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        var joe = (await ann.GetAsync("/contacts"))["contacts"]![0]!;
        var etag = joe["meta"]!["etag"]!.GetValue<string>();

        (await ann.PatchAsync($"/contacts/{joe["contactId"]}", """{"title":"Guide"}""", ("If-Match", etag))).ShouldBe(200);
        (await ann.PatchAsync($"/contacts/{joe["contactId"]}", """{"title":"Other"}""", ("If-Match", etag))).ShouldBeProblem(412, "stale");
    }

    [Fact]
    public async Task The_time_of_16_writers_follows_the_versions()
    {
        var ann = await service.AgentAsync();
        var group = await ann.AddGroupAsync("Friends");

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            var id = await ann.AddContactAsync($"Writer {writer}");
            for (var i = 0; i < 10; i++)
            {
                (await ann.PatchAsync($"/contacts/{id}", $$"""{"title":"{{i}}"}""")).ShouldBe(200);
                (await ann.SendAsync(i % 2 == 0 ? HttpMethod.Put : HttpMethod.Delete, $"/groups/{group}/members/{id}", null, []))
                    .ShouldBe(204);
            }
        }));

        var list = (await ann.GetAsync("/contacts?pageSize=1000")).ShouldBe(200);
        var metas = list["contacts"]!.AsArray()
            .Concat(list["groups"]!.AsArray()).Select(entry => entry!["meta"]!).OrderBy(Version).ToList();
        Assert.Equal(metas.Select(Time), metas.Select(Time).Order());
        Assert.All(metas.GroupBy(Version), same => Assert.Single(same.Select(Time).Distinct()));
        Assert.All(metas.GroupBy(Time), same => Assert.Single(same.Select(Version).Distinct()));
    }

    [Fact]
    public async Task A_poller_by_time_misses_no_change()
    {
        var ann = await service.AgentAsync();
        var ids = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add(await ann.AddContactAsync($"Contact {i}"));
        }

        var seen = ids.ToDictionary(id => id, _ => "");
        var since = "2000-01-01T00:00:00Z";
        var writers = Task.WhenAll(ids.Select(async id =>
        {
            for (var i = 0; i < 20; i++)
            {
                (await ann.PatchAsync($"/contacts/{id}", $$"""{"title":"{{i}}"}""")).ShouldBe(200);
            }
        }));
        while (!writers.IsCompleted)
        {
            since = await PollAsync(ann, since, seen);
        }

        await writers;
        await PollAsync(ann, since, seen);

        Assert.All(seen.Values, title => Assert.Equal("19", title));
    }

    private static async Task<string> PollAsync(Person person, string since, Dictionary<string, string> seen)
    {
        var list = (await person.GetAsync($"/contacts?lastModified[gt]={since}&sort=lastModified&pageSize=1000")).ShouldBe(200);
        foreach (var contact in list["contacts"]!.AsArray())
        {
            seen[contact!["contactId"]!.GetValue<string>()] = contact["title"]?.GetValue<string>() ?? "";
            since = contact["meta"]!["lastModified"]!.GetValue<string>();
        }

        return since;
    }

    private static long Version(JsonNode meta) => meta["version"]!.GetValue<long>();

    private static DateTime Time(JsonNode meta) =>
        DateTime.Parse(meta["lastModified"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
