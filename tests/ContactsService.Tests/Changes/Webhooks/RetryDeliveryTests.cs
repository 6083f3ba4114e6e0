using System.Text.Json.Nodes;
using ContactsService.Changes.Webhooks;
using ContactsService.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Tests.Changes.Webhooks;

[Trait("Speed", "Slow")]
public class RetryDeliveryTests(LocalWebhooks local) : IClassFixture<LocalWebhooks>
{
    [Fact]
    public async Task Repeats_a_failed_message_until_it_is_acknowledged()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.Status(500));
        var (ann, id) = await BeginAsync(receiver);
        var first = (await receiver.WaitAsync(1))[0];
        await LocalWebhooks.DeliveriesAsync(ann, id, 1);
        Assert.Equal("1|00:00:05", await StateAsync(id));

        await local.SetAsync(id, "next_attempt = now()");
        await LocalWebhooks.DeliveriesAsync(ann, id, 2);
        Assert.Equal("2|00:00:30", await StateAsync(id));

        await ann.AddContactAsync("Eve"); // is told by the next message
        receiver.AnswerAsync = Receiver.Status(202);
        await local.SetAsync(id, "next_attempt = now()");
        var messages = await receiver.WaitAsync(4);

        Assert.Equal([first.Id, first.Id, first.Id], messages.Take(3).Select(message => message.Id));
        Assert.Equal([first.Body, first.Body, first.Body], messages.Take(3).Select(message => message.Body));
        Assert.NotEqual(first.Id, messages[3].Id);
        await LocalWebhooks.DeliveriesAsync(ann, id, 4);
        Assert.Equal("0", await local.ReadAsync(id, "attempts"));
    }

    [Fact]
    public async Task Does_not_follow_redirects()
    {
        await using var other = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync(http =>
        {
            http.Response.Redirect(other.Url);
            return Task.CompletedTask;
        });
        var (ann, id) = await BeginAsync(receiver);

        var delivery = (await LocalWebhooks.DeliveriesAsync(ann, id, 1))[0];

        Assert.Equal("failed", Text(delivery, "result"));
        Assert.Equal(302, delivery["statusCode"]!.GetValue<int>());
        Assert.Equal("The receiver answered 302. Redirects are not followed.", Text(delivery, "error"));
        Assert.Empty(other.Messages);
    }

    [Fact]
    public async Task Gives_up_an_attempt_after_ten_seconds()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.HangAsync);
        var (ann, id) = await BeginAsync(receiver);

        var delivery = (await LocalWebhooks.DeliveriesAsync(ann, id, 1))[0];

        Assert.Equal("The receiver did not answer within 10 seconds.", Text(delivery, "error"));
        Assert.Null(delivery["statusCode"]);
        Assert.InRange(delivery["durationMs"]!.GetValue<int>(), 9_900, 12_000);
    }

    [Fact]
    public async Task Needs_no_more_than_the_head_of_an_answer()
    {
        await using var receiver = await Receiver.StartAsync(async http =>
        {
            http.Response.StatusCode = 200;
            await http.Response.WriteAsync(new string('x', 100_000));
            await http.Response.Body.FlushAsync();
            await Receiver.HangAsync(http);
        });
        var (ann, id) = await BeginAsync(receiver);

        var delivery = (await LocalWebhooks.DeliveriesAsync(ann, id, 1))[0];

        Assert.Equal("succeeded", Text(delivery, "result"));
        Assert.InRange(delivery["durationMs"]!.GetValue<int>(), 0, 5_000);
    }

    [Fact]
    public async Task Says_that_nobody_listens()
    {
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, $"http://127.0.0.1:{ServiceProcess.FreePort()}/");
        await ann.AddContactAsync("Joe");

        var delivery = (await LocalWebhooks.DeliveriesAsync(ann, id, 1))[0];

        Assert.Equal("The receiver cannot be reached: connection refused.", Text(delivery, "error"));
    }

    [Fact]
    public async Task Disables_a_webhook_whose_receiver_is_gone()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.Status(410));
        var (ann, id) = await BeginAsync(receiver);
        await LocalWebhooks.DeliveriesAsync(ann, id, 1);

        var disabled = await ann.GetAsync($"/webhooks/{id}");

        Assert.Equal("disabled", disabled.Value("status"));
        Assert.Equal("receiver-gone", disabled.Value("disabledReason"));
        Assert.Equal(2, disabled["meta"]!["version"]!.GetValue<int>());
        await ann.AddContactAsync("Eve");
        await Task.Delay(2_500);
        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task Disables_a_webhook_after_three_days_of_failures()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.Status(503));
        var (ann, id) = await BeginAsync(receiver);
        await LocalWebhooks.DeliveriesAsync(ann, id, 1);

        await local.SetAsync(id, "next_attempt = now(), attempts = 20, first_failure = now() - interval '71 hours'");
        await LocalWebhooks.DeliveriesAsync(ann, id, 2);
        Assert.Equal("active", (await ann.GetAsync($"/webhooks/{id}")).Value("status"));
        // The last attempt is made when the three days end, not later.
        Assert.Equal("true", await local.ReadAsync(id, "next_attempt = first_failure + interval '3 days'"));

        await local.SetAsync(id, "next_attempt = now(), first_failure = now() - interval '3 days'");
        await LocalWebhooks.DeliveriesAsync(ann, id, 3);
        var disabled = await ann.GetAsync($"/webhooks/{id}");
        Assert.Equal("deliveries-failed", disabled.Value("disabledReason"));
    }

    [Fact]
    public async Task Tells_at_once_what_changed_while_it_was_disabled()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.Status(410));
        var (ann, id) = await BeginAsync(receiver);
        await LocalWebhooks.DeliveriesAsync(ann, id, 1);
        receiver.AnswerAsync = Receiver.Status(204);

        var enabled = (await ann.PatchAsync($"/webhooks/{id}", """{"status":"active"}""")).ShouldBe(200);
        var messages = await receiver.WaitAsync(2);

        Assert.Equal("active", enabled.Value("status"));
        Assert.NotEqual(messages[0].Id, messages[1].Id);
    }

    [Fact]
    public async Task Tries_another_receiver_at_once()
    {
        await using var broken = await Receiver.StartAsync(Receiver.Status(500));
        await using var receiver = await Receiver.StartAsync();
        var (ann, id) = await BeginAsync(broken);
        await LocalWebhooks.DeliveriesAsync(ann, id, 1);

        (await ann.PatchAsync($"/webhooks/{id}", $$"""{"url":"{{receiver.Url}}"}""")).ShouldBe(200);

        await receiver.WaitAsync(1);
        Assert.Single(broken.Messages);
    }

    [Fact]
    public async Task Sends_test_messages()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);
        (await ann.PatchAsync($"/webhooks/{id}", """{"status":"disabled"}""")).ShouldBe(200);

        var good = (await ann.SendAsync(HttpMethod.Post, $"/webhooks/{id}/test", null, [])).ShouldBe(200);
        receiver.AnswerAsync = Receiver.Status(410);
        var bad = (await ann.PostAsync($"/webhooks/{id}/test", "{}")).ShouldBe(200);

        var message = receiver.Messages.First();
        Assert.Equal("test", message.Json["type"]!.GetValue<string>());
        Assert.Equal(id, message.Json["data"]!["webhookId"]!.GetValue<string>());
        Assert.Equal(message.Id, good.Value("messageId"));
        Assert.Equal("succeeded", good.Value("result"));
        Assert.Equal(204, good["statusCode"]!.GetValue<int>());
        Assert.Equal("The receiver answered 410.", bad.Value("error"));
        Assert.Equal("requested", (await ann.GetAsync($"/webhooks/{id}")).Value("disabledReason"));
        var deliveries = await LocalWebhooks.DeliveriesAsync(ann, id, 2);
        Assert.Equal([bad.Text, good.Text], deliveries.Select(delivery => delivery.ToJsonString(Relaxed)));
    }

    [Fact]
    public async Task Answers_a_test_of_a_receiver_that_hangs()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.HangAsync);
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);

        // More than there are connections to the database: each waits for its receiver without one.
        var people = await Task.WhenAll(Enumerable.Range(0, 39).Select(_ => local.AgentAsync()));
        var webhooks = await Task.WhenAll(people.Select(person => LocalWebhooks.AddAsync(person, receiver.Url)));
        var tests = people.Append(ann).Zip(webhooks.Select(webhook => webhook.Id).Append(id)).Select((pair, i) =>
            pair.First.PostAsync($"/webhooks/{pair.Second}/test", "{}", i % 2 == 0 ? [] : [("Idempotency-Key", "k")])).ToList();
        await receiver.WaitAsync(40);
        await ann.AddContactAsync("Joe");

        Assert.All(
            await Task.WhenAll(tests),
            reply => Assert.Equal("The receiver did not answer within 10 seconds.", reply.ShouldBe(200).Value("error")));
    }

    [Fact]
    public async Task Gives_a_repeated_test_the_first_answer()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);

        var first = (await ann.PostAsync($"/webhooks/{id}/test", "{}", ("Idempotency-Key", "k"))).ShouldBe(200);
        receiver.AnswerAsync = Receiver.Status(500);
        var second = (await ann.PostAsync($"/webhooks/{id}/test", "{}", ("Idempotency-Key", "k"))).ShouldBe(200);
        var together = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            ann.PostAsync($"/webhooks/{id}/test", "{}", ("Idempotency-Key", "together"))));

        Assert.Equal(first.Text, second.Text);
        Assert.Single(together.Select(reply => reply.ShouldBe(200).Text).Distinct());
        (await ann.PostAsync($"/webhooks/{id}/secret", "{}", ("Idempotency-Key", "k"))).ShouldBeProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Limits_test_messages()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ann.PostAsync($"/webhooks/{id}/test", "{}")));

        Assert.InRange(replies.Count(reply => (int)reply.Status == 200), 10, 11);
        Assert.All(
            replies.Where(reply => (int)reply.Status != 200),
            reply => Assert.True(reply.ShouldBeProblem(429, "too-many-requests").Headers.ContainsKey("Retry-After")));
    }

    [Fact]
    public async Task Lists_deliveries_newest_first()
    {
        await using var receiver = await Receiver.StartAsync(Receiver.Status(500));
        var (ann, id) = await BeginAsync(receiver);
        await LocalWebhooks.DeliveriesAsync(ann, id, 1);
        var test = (await ann.PostAsync($"/webhooks/{id}/test", "{}")).ShouldBe(200);

        var all = (await ann.GetAsync($"/webhooks/{id}/deliveries")).ShouldBe(200);
        var newest = (await ann.GetAsync($"/webhooks/{id}/deliveries?pageSize=1")).ShouldBe(200);

        Assert.Equal(["test", "changes"], all.Values("deliveries", "type"));
        Assert.Equal([test.Value("deliveryId")], newest.Values("deliveries", "deliveryId"));
        (await ann.GetAsync($"/webhooks/{id}/deliveries", ("If-None-Match", all.ETag!))).ShouldBe(304);
        foreach (var wrong in new[] { "pageSize=0", "pageSize=101", "pageSize=x", "pageSize=1&pageSize=2" })
        {
            (await ann.GetAsync($"/webhooks/{id}/deliveries?{wrong}")).ShouldBeProblem(400, "invalid-filter", "pageSize");
        }

        (await ann.GetAsync($"/webhooks/{id}/deliveries?page=1")).ShouldBeProblem(400, "unknown-parameter", "page");
    }

    [Fact]
    public async Task Keeps_the_last_100_deliveries_of_seven_days()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);
        var (quiet, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);
        await InsertAsync(id, 120, "i * interval '1 minute'");
        await InsertAsync(quiet, 9, "i * interval '1 day' - interval '1 minute'");

        await using var db = new ContactsDb(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql(local.Database).Options);
        await WebhookDelivery.PurgeAsync(db, DateTime.UtcNow, TestContext.Current.CancellationToken);

        Assert.Equal("100|1", await local.ReadAsync(id, """
            SELECT count(*) || '|' || min(duration_ms) FROM webhook_delivery d WHERE d.webhook_id = webhook.webhook_id
            """));
        Assert.Equal("7|1", await local.ReadAsync(quiet, """
            SELECT count(*) || '|' || min(duration_ms) FROM webhook_delivery d WHERE d.webhook_id = webhook.webhook_id
            """));
    }

    [Fact]
    public async Task Forgets_a_webhook_that_is_deleted_while_it_is_served()
    {
        await using var receiver = await Receiver.StartAsync(async http =>
        {
            await Task.Delay(1_000);
            http.Response.StatusCode = 500;
        });
        var (ann, id) = await BeginAsync(receiver);
        await receiver.WaitAsync(1);

        (await ann.DeleteAsync($"/webhooks/{id}")).ShouldBe(204);
        await Task.Delay(2_000);

        (await ann.GetAsync($"/webhooks/{id}/deliveries")).ShouldBeProblem(404, "not-found");
        Assert.DoesNotContain(id, local.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_neither_addresses_nor_secrets()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        var (id, secret) = await LocalWebhooks.AddAsync(ann, $"{receiver.Url}?key=HiddenValue");

        (await ann.PostAsync($"/webhooks/{id}/test", "{}")).ShouldBe(200);

        Assert.DoesNotContain("HiddenValue", local.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, local.Log, StringComparison.Ordinal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Text(JsonNode delivery, string member) => delivery[member]!.GetValue<string>();

    private async Task<(Person Ann, string Id)> BeginAsync(Receiver receiver)
    {
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);
        await ann.AddContactAsync("Joe");
        return (ann, id);
    }

    private async Task InsertAsync(string id, int count, string age)
    {
        await using var insert = local.Database.CreateCommand($"""
            INSERT INTO webhook_delivery (delivery_id, webhook_id, organization, message_id, type, time, duration_ms, token)
            SELECT gen_random_uuid(), webhook_id, organization, gen_random_uuid(), 'changes', now() - ({age}), i, 't'
            FROM webhook, generate_series(1, $2) AS i WHERE webhook_id = $1
            """);
        insert.Parameters.Add(new() { Value = Guid.Parse(id) });
        insert.Parameters.Add(new() { Value = count });
        Assert.Equal(count, await insert.ExecuteNonQueryAsync());
    }

    // The failed attempts, and the pause after the last one.
    private Task<string> StateAsync(string id) => local.ReadAsync(
        id,
        """
        attempts || '|' || date_trunc('second', next_attempt
            - (SELECT max(time + duration_ms * interval '1 ms') FROM webhook_delivery d WHERE d.webhook_id = webhook.webhook_id))
        """);
}
