using System.Text;
using ContactsService.Client;
using ContactsService.Tests.Changes.Webhooks;

namespace ContactsService.Tests.Client;

public class WebhookCallsTests(LocalWebhooks service) : IClassFixture<LocalWebhooks>
{
    [Fact]
    public async Task Adds_lists_changes_and_removes_webhooks()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service.Address, person);

        var added = await client.Webhooks.AddAsync("https://receiver.example/hook", [ChangeKinds.Contact]);
        var read = await client.Webhooks.GetAsync(added.WebhookId);
        var changed = await client.Webhooks.PatchAsync(
            added.WebhookId, new() { Status = WebhookStatuses.Disabled, Kinds = null }, added.ETag);
        var stale = await Assert.ThrowsAsync<ProblemException>(
            () => client.Webhooks.PatchAsync(added.WebhookId, new() { Url = "https://receiver.example/other" }, added.ETag));
        var rotated = await client.Webhooks.RotateSecretAsync(added.WebhookId, changed.ETag);

        Assert.StartsWith("whsec_", added.Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(added.Secret!, added.ToString(), StringComparison.Ordinal);
        Assert.Equal(("https://receiver.example/hook", "ann", "active"), (read.Url, read.OwnerId, read.Status));
        Assert.Equal(["contact"], read.Kinds);
        Assert.Equal((null, added.ETag), (read.Secret, read.ETag));
        Assert.Equal(("disabled", "requested", 3), (changed.Status, changed.DisabledReason, changed.Kinds.Count));
        Assert.NotNull(changed.DisabledAt);
        Assert.Equal("stale", stale.Code);
        Assert.NotEqual(added.Secret, rotated.Secret);
        Assert.NotNull(rotated.PreviousSecretExpires);
        Assert.Equal(added.WebhookId, Assert.Single(await client.Webhooks.ListAsync()).WebhookId);
        Assert.True(await client.Webhooks.RemoveAsync(added.WebhookId, rotated.ETag));
        Assert.False(await client.Webhooks.RemoveAsync(added.WebhookId));
        Assert.Equal("not-found", (await Assert.ThrowsAsync<ProblemException>(() => client.Webhooks.GetAsync(added.WebhookId))).Code);
    }

    [Fact]
    public async Task Adds_one_webhook_whose_answer_was_lost()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service.Address, person, new LostAnswers(1), new() { Clock = new JumpingClock() });

        var added = await client.Webhooks.AddAsync("https://receiver.example/hook");

        Assert.Equal(added.WebhookId, Assert.Single(await client.Webhooks.ListAsync()).WebhookId);
    }

    [Fact]
    public async Task Verifies_what_the_service_sends_also_after_a_rotation()
    {
        var person = await service.AgentAsync();
        var client = Clients.Of(service.Address, person);
        var token = await client.Changes.GetTokenAsync();
        await using var receiver = await Receiver.StartAsync();
        var added = await client.Webhooks.AddAsync(receiver.Url);
        var rotated = await client.Webhooks.RotateSecretAsync(added.WebhookId);

        var test = await client.Webhooks.TestAsync(added.WebhookId);
        await person.AddContactAsync("Joe");
        var messages = await receiver.WaitAsync(2);

        Assert.Equal(("test", "succeeded", 204, null), (test.Type, test.Result, test.StatusCode, test.Error));
        foreach (var message in messages)
        {
            var body = Encoding.UTF8.GetBytes(message.Body);
            Assert.True(WebhookSignature.Verify(message.Headers.GetValueOrDefault, body, added.Secret!));
            Assert.True(WebhookSignature.Verify(message.Headers.GetValueOrDefault, body, rotated.Secret!));
            Assert.False(WebhookSignature.Verify(message.Headers.GetValueOrDefault, body, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
            Assert.Equal((added.WebhookId, "ann"), (WebhookMessage.Read(body).Data.WebhookId, WebhookMessage.Read(body).Data.OwnerId));
        }

        var told = WebhookMessage.Read(Encoding.UTF8.GetBytes(messages[1].Body));
        Assert.Equal(("test", "changes"), (WebhookMessage.Read(Encoding.UTF8.GetBytes(messages[0].Body)).Type, told.Type));
        Assert.Equal("put Joe|put Other contacts", ChangeCallsTests.Texts([await client.Changes.GetPageAsync(token)]));
        Assert.Empty((await client.Changes.GetPageAsync(told.Data.Token)).Changes);
        var deliveries = await client.Webhooks.ListDeliveriesAsync(added.WebhookId, pageSize: 1);
        Assert.Single(deliveries);
    }
}
