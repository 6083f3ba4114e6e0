using System.Text.Json.Nodes;
using static ContactsService.Tests.Bulk.BulkCalls;

namespace ContactsService.Tests.Bulk;

/// <summary>POST /bulk as a request: its form, its limits and what makes all of it fail.</summary>
public class BulkRequestTests(Service service)
{
    // Each result has a body of its own: a thousand patches of one large contact would be a quarter of a gigabyte.
    [Fact]
    public async Task Refuses_operations_beyond_32_MiB_of_contacts()
    {
        var ann = await service.AgentAsync();
        var custom = string.Join(',', Enumerable.Range(0, 100).Select(key => $"\"k{key}\":\"{new string('x', 2_400)}\""));
        (await ann.PutAsync("/contacts/a", Custom("A", $$""","custom":{{{custom}}}"""))).ShouldBe(201);

        var results = await ann.BulkAsync([.. Enumerable.Range(0, 150).Select(i => Patch("/contacts/a", $$"""{"title":"{{i}}"}"""))]);

        var statuses = results.Statuses().ToList();
        Assert.Equal(200, statuses[100]);
        results[149].ShouldFail(413, "body-too-large");
        Assert.Equal($"{statuses.LastIndexOf(200)}", (await ann.GetAsync("/contacts/a"))["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Answers_in_the_order_of_the_operations()
    {
        var ann = await service.AgentAsync();

        var results = await ann.BulkAsync(
            Put("/contacts/b", Custom("B")),
            Delete("/contacts/nobody"),
            Put("/contacts/a", Custom("A")),
            Post("/groups", """{"name":"G"}"""));

        Assert.Equal([201, 404, 201, 201], results.Statuses());
        Assert.Equal("/contacts/b", results[0]!["location"]!.GetValue<string>());
        Assert.Equal("/contacts/a", results[2]!["location"]!.GetValue<string>());
        results[2].ShouldShow(await ann.GetAsync("/contacts/a"));
    }

    [Fact]
    public async Task Takes_no_operations()
    {
        var ann = await service.AgentAsync();

        Assert.Empty(await ann.BulkAsync());

        (await ann.GetAsync("/contacts")).ShouldBe(200);
    }

    [Fact]
    public async Task Takes_1000_operations_and_no_more()
    {
        var ann = await service.AgentAsync();
        var operations = Enumerable.Range(0, 1000).Select(i => Put($"/contacts/c{i}", Custom($"Contact {i}"))).ToList();

        var results = await ann.BulkAsync([.. operations]);
        Assert.All(results, result => Assert.Equal(201, result.Status()));
        Assert.Equal(1000, (await ann.GetAsync("/groups"))["groups"]![0]!["memberCount"]!.GetValue<int>());

        (await ann.PostAsync("/bulk", Body([.. operations, Delete("/contacts/c0")]))).ShouldBeProblem(413, "body-too-large");
        (await ann.GetAsync("/contacts/c0")).ShouldBe(200);
    }

    [Fact]
    public async Task Takes_4_MiB_and_no_more()
    {
        var ann = await service.AgentAsync();
        var notes = new string('x', 16_000);
        var keys = string.Join(',', Enumerable.Range(0, 14).Select(i => $"\"k{i}\":\"{notes}\""));
        var text = $$""","notes":"{{notes}}","custom":{{{keys}}}""";
        var operations = Enumerable.Range(0, 17).Select(i => Put($"/contacts/c{i}", Custom("Large", text))).ToList();
        Assert.InRange(Body(operations).Length, 4_000_000, 4 * 1024 * 1024);

        var results = await ann.BulkAsync([.. operations]);
        Assert.All(results, result => Assert.Equal(201, result.Status()));

        // The client waits for the answer to the headers: the service does not read what is too large.
        (await ann.PostAsync("/bulk", Body([.. operations, .. operations.Take(1)]), ("Expect", "100-continue")))
            .ShouldBeProblem(413, "body-too-large");
    }

    [Fact]
    public async Task Refuses_an_operation_above_256_KiB_alone()
    {
        var ann = await service.AgentAsync();
        var notes = new string('x', 16_000);
        var keys = string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"k{i}\":\"{notes}\""));
        var large = Custom("Large", $$""","custom":{{{keys}}}""");

        var results = await ann.BulkAsync(Put("/contacts/large", large), Put("/contacts/small", Custom("Small")));

        results[0].ShouldFail(413, "body-too-large");
        Assert.Equal(201, results[1].Status());
        (await ann.PutAsync("/contacts/large", large)).ShouldBeProblem(413, "body-too-large");
    }

    [Theory]
    [InlineData("""{}""", "operations")]
    [InlineData("""{"operations":{}}""", "operations")]
    [InlineData("""{"operations":[1]}""", "operations[0]")]
    [InlineData("""{"operations":[],"atomic":1}""", "atomic")]
    [InlineData("""{"operations":[],"failOnErrors":0}""", "failOnErrors")]
    [InlineData("""{"operations":[],"failOnErrors":1.5}""", "failOnErrors")]
    [InlineData("""{"operations":[],"more":1}""", "more")]
    [InlineData("""{"operations":[{"path":"/contacts/a"}]}""", "operations[0].method")]
    [InlineData("""{"operations":[{"method":"DELETE"}]}""", "operations[0].path")]
    [InlineData("""{"operations":[{"method":"DELETE","path":"/contacts/a","body":{}}]}""", "operations[0].body")]
    [InlineData("""{"operations":[{"method":"DELETE","path":"/contacts/a","bulkId":""}]}""", "operations[0].bulkId")]
    [InlineData("""{"operations":[{"method":"DELETE","path":"/contacts/a","ifMatch":1}]}""", "operations[0].ifMatch")]
    [InlineData(
        """{"operations":[{"method":"DELETE","path":"/contacts/a","bulkId":"x"},{"method":"DELETE","path":"/contacts/b","bulkId":"x"}]}""",
        "operations[1].bulkId")]
    public async Task Refuses_a_request_of_another_form(string body, string member)
    {
        var ann = await service.AgentAsync();

        (await ann.PostAsync("/bulk", body)).ShouldBeProblem(400, "invalid-members", member);
    }

    [Theory]
    [InlineData("GET", "/contacts/a", 405, "method-not-allowed")]
    [InlineData("PUT", "/contacts", 405, "method-not-allowed")]
    [InlineData("PATCH", "/groups/01a1fc76-19e5-75ab-9845-8599ddf5a9ed/members/a", 405, "method-not-allowed")]
    [InlineData("POST", "/queues", 404, "not-found")]
    [InlineData("POST", "/bulk", 404, "not-found")]
    [InlineData("DELETE", "contacts/a", 404, "not-found")]
    [InlineData("DELETE", "http://localhost/contacts/a", 404, "not-found")]
    [InlineData("DELETE", "/contacts/a/b", 404, "not-found")]
    [InlineData("DELETE", "/contacts/a%2Fb", 404, "not-found")]
    [InlineData("DELETE", "/groups/friends", 404, "not-found")]
    [InlineData("DELETE", "/contacts/a?contacts=delete", 400, "unknown-parameter")]
    [InlineData("DELETE", "/groups/01a1fc76-19e5-75ab-9845-8599ddf5a9ed?contacts=all", 400, "unknown-parameter")]
    [InlineData("DELETE", "/groups/01a1fc76-19e5-75ab-9845-8599ddf5a9ed?force=true", 400, "unknown-parameter")]
    [InlineData("DELETE", "/groups/01a1fc76-19e5-75ab-9845-8599ddf5a9ed?contacts=keep", 404, "not-found")]
    [InlineData("POST", "/contacts", 400, "invalid-json")]
    public async Task Refuses_an_operation_as_its_address_would(string method, string path, int status, string code)
    {
        var ann = await service.AgentAsync();

        var results = await ann.BulkAsync($$"""{"method":"{{method}}","path":"{{path}}"}""", Put("/contacts/b", Custom("B")));

        results[0].ShouldFail(status, code);
        Assert.Equal(201, results[1].Status());
    }

    [Fact]
    public async Task Reads_paths_as_routing_does()
    {
        var ann = await service.AgentAsync();

        var results = await ann.BulkAsync(Put("/Contacts/caf%65/", Custom("A")), Patch("/contacts/cafe", """{"title":"T"}"""));

        Assert.Equal([201, 200], results.Statuses());
        Assert.Equal("cafe", results[1].Data("contactId"));
    }

    [Theory]
    [InlineData("""[1]""", "invalid-json")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"A\u0000"}""", "invalid-members")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"A\ud800"}""", "invalid-members")]
    [InlineData("""{"contactType":"CUSTOM"}""", "invalid-members")]
    [InlineData("""{"contactType":"CUSTOM","displayName":"A","colour":"red"}""", "invalid-members")]
    public async Task Refuses_data_as_the_operation_alone_does(string data, string code)
    {
        var ann = await service.AgentAsync();

        var results = await ann.BulkAsync($$"""{"method":"PUT","path":"/contacts/a","data":{{data}}}""", Put("/contacts/b", Custom("B")));

        results[0].ShouldFail(400, code);
        Assert.Equal(201, results[1].Status());
        (await ann.PutAsync("/contacts/a", data)).ShouldBeProblem(400, code);
    }

    [Fact]
    public async Task Does_not_execute_the_rest_after_failOnErrors_failures()
    {
        var ann = await service.AgentAsync();

        var reply = (await ann.PostAsync("/bulk", Body(
            [
                Put("/contacts/a", Custom("A")),
                Delete("/contacts/nobody"),
                Put("/contacts/b", Custom("B")),
                Delete("/contacts/nobody"),
                Put("/contacts/c", Custom("C")),
                Put("/contacts/d", "{}"),
            ],
            ""","failOnErrors":2"""))).ShouldBe(200);

        var results = reply["results"]!.AsArray();
        Assert.Equal([201, 404, 201, 404, 424, 424], results.Statuses());
        results[4].ShouldFail(424, "failed-dependency");
        (await ann.GetAsync("/contacts/b")).ShouldBe(200);
        (await ann.GetAsync("/contacts/c")).ShouldBe(404);
    }

    [Fact]
    public async Task Stores_nothing_when_an_operation_of_an_atomic_request_fails()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("First");
        var before = (await ann.GetAsync("/contacts")).Text;

        var reply = (await ann.PostAsync("/bulk", Body(
            [Put("/contacts/a", Custom("A")), Delete("/contacts/nobody"), Post("/groups", """{"name":"G"}""")], ""","atomic":true""")))
            .ShouldBeProblem(422, "bulk-failed");

        var results = reply["results"]!.AsArray();
        Assert.Equal([424, 404, 424], results.Statuses());
        results[0].ShouldFail(424, "failed-dependency");
        results[1].ShouldFail(404, "not-found");
        Assert.Equal(before, (await ann.GetAsync("/contacts")).Text);
    }

    [Fact]
    public async Task Stores_all_of_an_atomic_request()
    {
        var ann = await service.AgentAsync();

        var reply = await ann.PostAsync(
            "/bulk", Body([Put("/contacts/a", Custom("A")), Put("/contacts/b", Custom("B"))], ""","atomic":true"""));

        Assert.Equal([201, 201], reply.ShouldBe(200)["results"]!.AsArray().Statuses());
        Assert.Equal(2, (await ann.GetAsync("/contacts"))["contacts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Creates_nothing_when_everything_fails()
    {
        var ann = await service.AgentAsync();

        await ann.BulkAsync(Delete("/contacts/nobody"), Put("/contacts/a", "{}"));
        (await ann.PostAsync("/bulk", Body([Delete("/contacts/nobody")]), ("Idempotency-Key", "once"))).ShouldBe(200);

        await using var count = service.Database.CreateCommand("SELECT count(*) FROM book WHERE organization = $1");
        count.Parameters.Add(new() { Value = ann.Organization });
        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Answers_a_retry_with_the_first_answer()
    {
        var ann = await service.AgentAsync();
        var body = Body(Enumerable.Range(0, 500).Select(i => Post("/contacts", Custom($"Contact {i}"))));

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ann.PostAsync("/bulk", body, ("Idempotency-Key", "once"))));

        Assert.All(replies, reply => Assert.Equal(replies[0].ShouldBe(200).Text, reply.Text));
        Assert.Equal(500, (await ann.GetAsync("/groups"))["groups"]![0]!["memberCount"]!.GetValue<int>());
        (await ann.PostAsync("/bulk", Body([Delete("/contacts/a")]), ("Idempotency-Key", "once")))
            .ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_usable()
    {
        var ann = await service.AgentAsync();
        (await ann.PostAsync("/bulk", Body([Delete("/contacts/a")], ""","atomic":true"""), ("Idempotency-Key", "once")))
            .ShouldBeProblem(422, "bulk-failed");

        (await ann.PostAsync("/bulk", Body([Put("/contacts/a", Custom("A"))]), ("Idempotency-Key", "once"))).ShouldBe(200);
    }

    [Fact]
    public async Task Requires_a_token()
    {
        using var http = service.NewClient();

        var reply = await Reply.OfAsync(await http.PostAsync(new Uri("/bulk", UriKind.Relative), null));

        Assert.Equal(401, (int)reply.Status);
    }

    [Fact]
    public async Task Lists_as_many_members_as_a_body_holds()
    {
        var ann = await service.AgentAsync();
        var ids = Enumerable.Range(0, 150).Select(i => $"c{i:D3}").ToList();
        var list = new JsonArray([.. ids.Select(id => (JsonNode)id)]).ToJsonString();

        var results = await ann.BulkAsync(
            [.. ids.Select(id => Put($"/contacts/{id}", Custom(id))), Post("/groups", $$"""{"name":"G","members":{{list}}}""")]);

        Assert.Equal(201, results[^1].Status());
        Assert.Equal(ids, results[^1]!["data"]!["members"]!.AsArray().Select(id => id!.GetValue<string>()));
    }
}
