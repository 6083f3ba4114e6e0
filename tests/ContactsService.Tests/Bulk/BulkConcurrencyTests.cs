using System.Text.Json.Nodes;
using static ContactsService.Tests.Bulk.BulkCalls;

namespace ContactsService.Tests.Bulk;

/// <summary>Bulk requests beside other writers.</summary>
public class BulkConcurrencyTests(Service service)
{
    [Fact]
    public async Task Single_writers_go_on_beside_bulk_requests()
    {
        var ann = await service.AgentAsync();
        var bulks = Enumerable.Range(0, 3).Select(batch =>
            ann.BulkAsync([.. Enumerable.Range(0, 250).Select(i => Put($"/contacts/b{batch}-{i}", Custom("Bulk")))]));
        var singles = Enumerable.Range(0, 16).Select(async writer =>
        {
            for (var i = 0; i < 10; i++)
            {
                (await ann.PutAsync($"/contacts/s{writer}-{i}", Custom("Single"))).ShouldBe(201);
            }
        });

        await Task.WhenAll(bulks.Select(bulk => (Task)bulk).Concat(singles));

        var contacts = (await ann.GetAsync("/contacts?pageSize=1000&sort=version&fields=meta"))["contacts"]!.AsArray();
        Assert.Equal(750 + 160, contacts.Count);
        var metas = contacts.Select(contact => contact!["meta"]!).ToList();
        Assert.Equal(metas.Count, metas.Select(meta => meta["version"]!.GetValue<long>()).Distinct().Count());
        var times = metas.Select(meta => meta["lastModified"]!.GetValue<string>()).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
        Assert.Equal(910, (await ann.GetAsync("/groups"))["groups"]![0]!["memberCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Two_bulk_requests_with_the_same_ids_create_once()
    {
        var ann = await service.AgentAsync();
        string[] Operations(string name) => [.. Enumerable.Range(0, 200).Select(i => Put($"/contacts/c{i}", Custom(name)))];

        var replies = await Task.WhenAll(ann.BulkAsync(Operations("One")), ann.BulkAsync(Operations("Two")));

        Assert.Equal([200, 201], replies.Select(results => results.Statuses().Distinct().Single()).Order());
        var names = (await ann.GetAsync("/contacts?pageSize=1000")).Values("contacts", "displayName");
        Assert.Equal(200, names.Count);
        Assert.Single(names.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bulk_requests_that_write_two_books_do_not_wait_for_each_other_forever()
    {
        var organization = Service.NewOrganization();
        var admins = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => service.PersonAsync(organization, $"admin{i}", "admin")));
        string Organizations(string id) => Put($"/contacts/{id}", Custom(id, $$""","ownerId":"{{organization}}" """));

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => admins[i % 4].PostAsync(
            "/bulk",
            Body(Enumerable.Range(0, 20).SelectMany(n => (string[])[Organizations($"o{n}"), Put($"/contacts/mine{n}", Custom("Mine"))])),
            i % 3 == 0 ? [("Idempotency-Key", $"key-{i}")] : [])));

        var results = replies.SelectMany(reply => reply.ShouldBe(200)["results"]!.AsArray());
        Assert.All(results, result => Assert.InRange(result.Status(), 200, 201));
        Assert.Equal(20, replies.Sum(reply => reply["results"]!.AsArray().Count(result => IsNew(result, organization))));
    }

    private static bool IsNew(JsonNode? result, string organization) => result.Status() == 201 && result.Data("ownerId") == organization;
}
