using System.Text.Json.Nodes;

namespace ContactsService.Tests.Directories;

public class QueueTests(Service service)
{
    [Fact]
    public async Task Is_added_read_changed_and_deleted_by_admins()
    {
        var admin = await service.AdminAsync();

        var added = (await admin.PostAsync("/queues", """{"name":"Billing","phoneNumber":"2000","description":"Invoices"}"""))
            .ShouldBe(201);
        var id = added.Value("queueId");
        Assert.Equal('7', Guid.ParseExact(id, "D").ToString()[14]); // a UUID version 7 (RFC 9562, 5.7)
        Assert.Equal($"/queues/{id}", added.Location);
        Assert.Equal(["queueId", "name", "phoneNumber", "description", "meta"], added.Json.AsObject().Select(member => member.Key));
        Assert.Equal(("Billing", "2000", "Invoices"), (added.Value("name"), added.Value("phoneNumber"), added.Value("description")));
        Assert.Equal(added.Text, (await admin.GetAsync($"/queues/{id}")).ShouldBe(200).Text);

        ShouldBeQueue(
            await admin.PutAsync($"/queues/{id}", """{"name":"Invoices","phoneNumber":"2001"}"""),
            $$"""{"queueId":"{{id}}","name":"Invoices","phoneNumber":"2001"}""");
        ShouldBeQueue(
            await admin.PatchAsync($"/queues/{id}", """{"description":"Paper"}"""),
            $$"""{"queueId":"{{id}}","name":"Invoices","phoneNumber":"2001","description":"Paper"}""");
        ShouldBeQueue(
            await admin.GetAsync($"/queues/{id}"),
            $$"""{"queueId":"{{id}}","name":"Invoices","phoneNumber":"2001","description":"Paper"}""");

        Assert.Equal("", (await admin.DeleteAsync($"/queues/{id}")).ShouldBe(204).Text);
        (await admin.GetAsync($"/queues/{id}")).ShouldBeProblem(404, "not-found");
        (await admin.PutAsync($"/queues/{id}", """{"name":"x"}""")).ShouldBeProblem(404, "not-found");
        (await admin.PatchAsync($"/queues/{id}", """{"name":"x"}""")).ShouldBeProblem(404, "not-found");
        (await admin.DeleteAsync($"/queues/{id}")).ShouldBeProblem(404, "not-found");
        Assert.Equal("", await ListedAsync(admin));
    }

    [Fact]
    public async Task Is_for_admins_only()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var path = $"/queues/{await admin.AddQueueAsync("Billing")}";

        (await ann.GetAsync("/queues")).ShouldBeProblem(403, "forbidden");
        (await ann.GetAsync(path)).ShouldBeProblem(403, "forbidden");
        (await ann.GetAsync("/queues/nothing")).ShouldBeProblem(403, "forbidden");
        (await ann.PostAsync("/queues", """{"name":"x"}""")).ShouldBeProblem(403, "forbidden");
        (await ann.PutAsync(path, """{"name":"x"}""")).ShouldBeProblem(403, "forbidden");
        (await ann.PatchAsync(path, """{"name":"x"}""")).ShouldBeProblem(403, "forbidden");
        (await ann.DeleteAsync(path)).ShouldBeProblem(403, "forbidden");

        Assert.Equal("Billing", await ListedAsync(admin));
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":"a\u0000b"}""", "name")]
    [InlineData("""{"name":"x","phoneNumber":7}""", "phoneNumber")]
    [InlineData("""{"name":"x","phoneNumber":["7"]}""", "phoneNumber")]
    [InlineData("""{"name":"x","description":{}}""", "description")]
    [InlineData("""{"name":"x","displayName":"x"}""", "displayName")]
    [InlineData("""{"name":"x","type":"Queue"}""", "type")]
    public async Task Refuses_an_invalid_queue(string body, string member)
    {
        var admin = await service.AdminAsync();
        var path = $"/queues/{await admin.AddQueueAsync("Billing", "2000")}";
        var before = await admin.GetAsync(path);

        (await admin.PostAsync("/queues", body)).ShouldBeProblem(400, "invalid-members", member);
        (await admin.PutAsync(path, body)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal("Billing", await ListedAsync(admin));
        Assert.Equal(before.Text, (await admin.GetAsync(path)).Text);
    }

    [Fact]
    public async Task Refuses_a_name_that_is_too_long()
    {
        var admin = await service.AdminAsync();
        ShouldBeQueue(await admin.PostAsync("/queues", $$"""{"name":"{{new string('x', 16_384)}}"}"""), null);

        (await admin.PostAsync("/queues", $$"""{"name":"{{new string('x', 16_385)}}"}""")).ShouldBeProblem(400, "invalid-members", "name");
    }

    [Theory]
    [InlineData("""{"phoneNumber":"3000"}""", """{"name":"Billing","phoneNumber":"3000","description":"Invoices"}""")]
    [InlineData("""{"phoneNumber":null}""", """{"name":"Billing","description":"Invoices"}""")]
    [InlineData("""{"description":null,"name":"B"}""", """{"name":"B","phoneNumber":"2000"}""")]
    [InlineData("{}", """{"name":"Billing","phoneNumber":"2000","description":"Invoices"}""")]
    [InlineData("""{"description":"\"\\é 名\n"}""", """{"name":"Billing","phoneNumber":"2000","description":"\"\\é 名\n"}""")]
    public async Task Is_patched_according_to_RFC_7396(string patch, string expected)
    {
        var admin = await service.AdminAsync();
        var id = (await admin.PostAsync("/queues", """{"name":"Billing","phoneNumber":"2000","description":"Invoices"}"""))
            .ShouldBe(201).Value("queueId");
        var queue = JsonNode.Parse(expected)!;
        queue["queueId"] = id;

        ShouldBeQueue(await admin.PatchAsync($"/queues/{id}", patch), queue.ToJsonString());
        ShouldBeQueue(await admin.GetAsync($"/queues/{id}"), queue.ToJsonString());
    }

    [Theory]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"shoeSize":7}""", "shoeSize")]
    public async Task Refuses_a_patch_that_breaks_a_rule(string patch, string member)
    {
        var admin = await service.AdminAsync();
        var path = $"/queues/{await admin.AddQueueAsync("Billing")}";

        (await admin.PatchAsync(path, patch)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal("Billing", (await admin.GetAsync(path)).Value("name"));
    }

    [Fact]
    public async Task A_body_can_be_sent_back_as_it_was_read()
    {
        var admin = await service.AdminAsync();
        var read = (await admin.PostAsync("/queues", """{"name":"Billing","phoneNumber":"2000","description":"Invoices"}""")).ShouldBe(201);
        var json = read.Json.AsObject();

        var put = await admin.PutAsync(read.Location!, json.ToJsonString());

        json.Remove("meta");
        ShouldBeQueue(put, json.ToJsonString());
        ShouldBeQueue(await admin.PatchAsync(read.Location!, read.Text), json.ToJsonString());
    }

    [Fact]
    public async Task Has_an_ETag_that_changes_with_every_write()
    {
        var admin = await service.AdminAsync();
        var added = (await admin.PostAsync("/queues", """{"name":"Billing"}""")).ShouldBe(201);
        var path = added.Location!;
        await admin.AddQueueAsync("Other");
        Assert.StartsWith("\"", added.ETag, StringComparison.Ordinal);
        Assert.Equal(added.ETag, (await admin.GetAsync(path)).ETag);
        Assert.Equal("", (await admin.GetAsync(path, ("If-None-Match", added.ETag!))).ShouldBe(304).Text);

        var changed = (await admin.PatchAsync(path, """{"name":"Invoices"}""", ("If-Match", added.ETag!))).ShouldBe(200);

        Assert.NotEqual(added.ETag, changed.ETag);
        (await admin.GetAsync(path, ("If-None-Match", added.ETag!))).ShouldBe(200);
        (await admin.GetAsync(path, ("If-None-Match", changed.ETag!))).ShouldBe(304);
        Assert.Equal(
            changed.ETag, (await admin.PatchAsync(path, """{"name":"x"}""", ("If-Match", added.ETag!))).ShouldBeProblem(412, "stale").ETag);
        (await admin.PutAsync(path, """{"name":"x"}""", ("If-Match", added.ETag!))).ShouldBeProblem(412, "stale");
        (await admin.DeleteAsync(path, ("If-Match", added.ETag!))).ShouldBeProblem(412, "stale");
        Assert.Equal("Invoices", (await admin.GetAsync(path)).Value("name"));
        (await admin.DeleteAsync(path, ("If-Match", changed.ETag!))).ShouldBe(204);
    }

    [Fact]
    public async Task Loses_no_change_of_two_concurrent_admins()
    {
        var admin = await service.AdminAsync();
        var path = $"/queues/{await admin.AddQueueAsync("Billing")}";
        var etag = (await admin.GetAsync(path)).ETag!;

        var replies = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(i => admin.PatchAsync(path, $$"""{"name":"Billing {{i}}"}""", ("If-Match", etag))));

        var won = Assert.Single(replies, reply => (int)reply.Status == 200);
        Assert.Equal(7, replies.Count(reply => (int)reply.Status == 412));
        Assert.Equal(won.Text, (await admin.GetAsync(path)).Text);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_again()
    {
        var admin = await service.AdminAsync();
        Task<Reply> AddAsync(string name) => admin.PostAsync("/queues", $$"""{"name":"{{name}}"}""", ("Idempotency-Key", "k-1"));
        var first = (await AddAsync("Billing")).ShouldBe(201);
        (await admin.PatchAsync(first.Location!, """{"name":"Invoices"}""")).ShouldBe(200);

        var again = (await AddAsync("Billing")).ShouldBe(201);

        Assert.Equal((first.Text, first.ETag, first.Location), (again.Text, again.ETag, again.Location));
        (await AddAsync("Other")).ShouldBeProblem(422, "idempotency-key-reused");
        Assert.Equal("Invoices", await ListedAsync(admin));
    }

    [Fact]
    public async Task Concurrent_retries_add_one_queue()
    {
        var admin = await service.AdminAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => admin.PostAsync("/queues", """{"name":"Billing"}""", ("Idempotency-Key", "k-1"))));

        Assert.Single(replies.Select(reply => reply.ShouldBe(201).Text).Distinct());
        Assert.Equal("Billing", await ListedAsync(admin));
    }

    [Theory]
    [InlineData("", "billing|Repairs|Sales|Support")]
    [InlineData("?name=BILLING", "billing")]
    [InlineData("?name=sales&name=support", "Sales|Support")]
    [InlineData("?name[startsWith]=s", "Sales|Support")]
    [InlineData("?name[contains]=pai", "Repairs")]
    [InlineData("?name[ne]=sales", "billing|Repairs|Support")]
    [InlineData("?phoneNumber=1(200)0", "billing")]
    [InlineData("?phoneNumber[startsWith]=12", "billing|Repairs")]
    [InlineData("?phoneNumber[exists]=false", "Sales|Support")]
    [InlineData("?name=sales&phoneNumber=12000", "")]
    [InlineData("?sort=-name", "Support|Sales|Repairs|billing")]
    [InlineData("?sort=created", "Support|billing|Sales|Repairs")]
    [InlineData("?lastModified[lt]=2000-01-01", "")]
    public async Task Are_listed_by_name_and_filtered(string query, string names)
    {
        var admin = await PrepareAsync();

        Assert.Equal(names, await ListedAsync(admin, query));
    }

    [Theory]
    [InlineData("?sort=name")]
    [InlineData("?sort=-name")]
    [InlineData("?sort=created")]
    [InlineData("?name[startsWith]=s")]
    public async Task Are_listed_in_pages(string query)
    {
        var admin = await PrepareAsync();
        var whole = await ListedAsync(admin, query);
        foreach (var pageSize in new[] { 1, 2, 3 })
        {
            var names = new List<string>();
            for (var path = $"/queues{query}&pageSize={pageSize}"; path is not null;)
            {
                var page = (await admin.GetAsync(path)).ShouldBe(200);
                Assert.InRange(page["queues"]!.AsArray().Count, 1, pageSize);
                names.AddRange(page.Values("queues", "name"));
                path = page.Link?.Split('<', '>')[1];
                Assert.Equal(path is null, page["nextPageToken"] is null);
            }

            Assert.Equal(whole, string.Join('|', names));
        }
    }

    [Fact]
    public async Task Are_listed_with_the_requested_fields()
    {
        var admin = await PrepareAsync();

        var queue = (await admin.GetAsync("/queues?name=billing&fields=name,phoneNumber"))["queues"]![0]!;

        Assert.Equal(["queueId", "name", "phoneNumber"], queue.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData("nmae=x")]
    [InlineData("type=queue")]
    [InlineData("displayName=x")]
    [InlineData("name[like]=x")]
    [InlineData("sort=phoneNumber")]
    [InlineData("pageSize=0")]
    [InlineData("pageSize=1001")]
    [InlineData("fields=shoeSize")]
    public async Task Refuses_unknown_parameters(string query)
    {
        var admin = await service.AdminAsync();

        (await admin.GetAsync($"/queues?{query}")).ShouldBeProblem(400, "invalid-filter", query.Split('=')[0]);
    }

    [Fact]
    public async Task Refuses_a_page_token_of_another_list()
    {
        var admin = await PrepareAsync();
        var token = Uri.EscapeDataString((await admin.GetAsync("/queues?pageSize=1")).Value("nextPageToken"));

        (await admin.GetAsync($"/queues?pageToken={token}&name=sales")).ShouldBeProblem(400, "invalid-page-token");
        (await admin.GetAsync($"/contacts?pageToken={token}")).ShouldBeProblem(400, "invalid-page-token");
    }

    [Fact]
    public async Task Contain_queues_only()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var taxi = await admin.AddSharedAsync("Taxi");
        await admin.AddQueueAsync("Billing");

        Assert.Equal("Billing", await ListedAsync(admin));
        foreach (var path in new[] { $"/queues/{joe}", $"/queues/{taxi}", "/queues/nothing" })
        {
            (await admin.GetAsync(path)).ShouldBeProblem(404, "not-found");
            (await admin.PutAsync(path, """{"name":"x"}""")).ShouldBeProblem(404, "not-found");
            (await admin.PatchAsync(path, """{"name":"x"}""")).ShouldBeProblem(404, "not-found");
            (await admin.DeleteAsync(path)).ShouldBeProblem(404, "not-found");
        }

        Assert.Equal("Billing|Joe|Taxi", await admin.NamesAsync());
    }

    [Fact]
    public async Task Are_not_users()
    {
        var admin = await service.AdminAsync();
        var queue = await admin.AddQueueAsync("Billing");

        (await admin.GetAsync($"/scim/v2/Users/{queue}")).ShouldBe(404);
        (await admin.DeleteAsync($"/scim/v2/Users/{queue}")).ShouldBe(404);
        Assert.Equal(0, (await admin.GetAsync("/scim/v2/Users"))["totalResults"]!.GetValue<int>());
    }

    [Fact]
    public async Task Only_the_name_of_a_deleted_queue_remains_and_only_in_books_that_contain_it()
    {
        var admin = await service.AdminAsync();
        var queue = await admin.AddQueueAsync("Billing", "2000");
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");
        var group = (await ann.TakeAsync(queue, ""","type":"Queue" """))["groups"]![0]!.GetValue<string>();

        await admin.DeleteQueueAsync(queue);

        (await ann.GetAsync($"/contacts/{queue}")).ShouldShow($$"""
            {"contactId":"{{queue}}","contactType":"CLOUD","type":"Queue","displayName":"Billing",
             "ownerId":"ann","groups":["{{group}}"],"resolved":false}
            """);
        Assert.Equal("Billing", await ann.NamesAsync("?type=queue&resolved=false"));
        Assert.Equal("", await ann.NamesAsync("?phoneNumber=2000"));
        Assert.Equal(("", ""), (await ben.NamesAsync(), await admin.NamesAsync()));
        (await ben.GetAsync($"/contacts/{queue}")).ShouldBeProblem(404, "not-found");
        (await ann.DeleteAsync($"/contacts/{queue}")).ShouldBe(204);
        (await ann.GetAsync($"/contacts/{queue}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task A_change_of_a_queue_is_visible_to_all_immediately()
    {
        var admin = await service.AdminAsync();
        var queue = await admin.AddQueueAsync("Billing", "2000");
        await admin.AddSharedAsync("Middle");
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");
        await ann.TakeAsync(queue, ""","type":"Queue" """);

        (await admin.PutAsync($"/queues/{queue}", """{"name":"Zeta","phoneNumber":"3000"}""")).ShouldBe(200);

        foreach (var person in new[] { ann, ben })
        {
            Assert.Equal("Middle|Zeta", await person.NamesAsync());
            Assert.Equal("Zeta", await person.NamesAsync("?phoneNumber=3000"));
            Assert.Equal("", await person.NamesAsync("?phoneNumber=2000"));
        }
    }

    private async Task<Person> PrepareAsync()
    {
        var admin = await service.AdminAsync();
        await admin.AddQueueAsync("Support");
        await admin.AddQueueAsync("billing", "12-000");
        await admin.AddQueueAsync("Sales");
        await admin.AddQueueAsync("Repairs", "+1 2001");
        await admin.DeleteQueueAsync(await admin.AddQueueAsync("Sold", "12002"));
        return admin;
    }

    private static async Task<string> ListedAsync(Person admin, string query = "") =>
        string.Join('|', (await admin.GetAsync($"/queues{query}")).ShouldBe(200).Values("queues", "name"));

    private static void ShouldBeQueue(Reply reply, string? json)
    {
        Assert.True((int)reply.Status is 200 or 201, reply.Text);
        if (json is not null)
        {
            reply.ShouldShow(json);
        }
    }
}
