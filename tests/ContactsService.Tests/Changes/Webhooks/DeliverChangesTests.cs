using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;

namespace ContactsService.Tests.Changes.Webhooks;

[Trait("Speed", "Slow")]
public class DeliverChangesTests(LocalWebhooks local) : IClassFixture<LocalWebhooks>
{
    private static readonly NodeProject Library = new(Path.Combine("Changes", "Webhooks", "Signatures"));
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2.5);

    [Fact]
    public async Task Tells_that_something_changed()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        await ann.AddContactAsync("Before");
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);

        await ann.AddContactAsync("Joe");
        var message = (await receiver.WaitAsync(1))[0];

        Assert.Equal("application/json", message.Headers["Content-Type"]);
        Assert.Matches("^msg_[0-9a-f]{32}$", message.Id);
        Assert.Equal(["type", "timestamp", "data"], message.Json.AsObject().Select(member => member.Key));
        Assert.Equal("changes", message.Json["type"]!.GetValue<string>());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", message.Json["timestamp"]!.GetValue<string>());
        Assert.Equal(["webhookId", "ownerId", "token"], message.Json["data"]!.AsObject().Select(member => member.Key));
        Assert.Equal(id, message.Json["data"]!["webhookId"]!.GetValue<string>());
        Assert.Equal("ann", message.Json["data"]!["ownerId"]!.GetValue<string>());
        Assert.DoesNotContain("Joe", message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_up_to_which_token_there_is_something_new()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        await LocalWebhooks.AddAsync(ann, receiver.Url);
        var start = (await ann.GetAsync("/changes?since=now")).ShouldBe(200).Value("nextToken");
        var joe = await ann.AddContactAsync("Joe");
        var token = (await receiver.WaitAsync(1))[0].Token;

        var upTo = (await ann.GetAsync($"/changes?since={start}")).ShouldBe(200);
        Assert.Contains(joe, upTo.Values("changes", "id"));
        Assert.Empty((await ann.GetAsync($"/changes?since={token}")).ShouldBe(200)["changes"]!.AsArray());

        var eve = await ann.AddContactAsync("Eve");
        var rest = (await ann.GetAsync($"/changes?since={token}")).ShouldBe(200).Values("changes", "id");
        Assert.Contains(eve, rest);
        Assert.DoesNotContain(joe, rest);
    }

    [Fact]
    public async Task Is_quiet_when_nothing_changes()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        await ann.AddContactAsync("Before");
        await LocalWebhooks.AddAsync(ann, receiver.Url);
        await ann.AddContactAsync("Joe");
        await receiver.WaitAsync(1);

        await ann.GetAsync("/contacts");
        await Task.Delay(Quiet);

        Assert.Single(receiver.Messages);
    }

    [Fact]
    public async Task Tells_of_the_watched_book_only()
    {
        await using var own = await Receiver.StartAsync();
        await using var shared = await Receiver.StartAsync();
        var admin = await local.AdminAsync();
        await LocalWebhooks.AddAsync(admin, own.Url);
        await LocalWebhooks.AddAsync(admin, shared.Url, $",\"ownerId\":\"{admin.Organization}\"");

        (await admin.PostAsync("/queues", """{"name":"Support"}""")).ShouldBe(201);
        var message = (await shared.WaitAsync(1))[0];
        Assert.Equal(admin.Organization, message.Json["data"]!["ownerId"]!.GetValue<string>());
        Assert.Empty(own.Messages);

        await admin.AddContactAsync("Joe");
        await own.WaitAsync(1);
        await Task.Delay(Quiet);
        Assert.Single(own.Messages);
        Assert.Single(shared.Messages);
    }

    [Fact]
    public async Task Tells_of_its_kinds_only()
    {
        await using var contacts = await Receiver.StartAsync();
        await using var groups = await Receiver.StartAsync();
        var admin = await local.AdminAsync();
        var more = $",\"ownerId\":\"{admin.Organization}\"";
        await LocalWebhooks.AddAsync(admin, contacts.Url, more + ",\"kinds\":[\"contact\"]");
        var (id, _) = await LocalWebhooks.AddAsync(admin, groups.Url, more + ",\"kinds\":[\"group\"]");
        var joe = (await admin.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe","ownerId":"{{admin.Organization}}"}""")).ShouldBe(201);
        await contacts.WaitAsync(1);

        (await admin.DeleteAsync($"/contacts/{joe.Value("contactId")}")).ShouldBe(204);
        await contacts.WaitAsync(2);
        (await admin.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200); // raises the revision
        await Task.Delay(Quiet);

        Assert.Equal(2, contacts.Messages.Count);
        Assert.Empty(groups.Messages);
        Assert.Equal("3", await local.ReadAsync(id, "position"));
    }

    [Fact]
    public async Task Tells_of_groups()
    {
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        await ann.AddContactAsync("Joe");
        await LocalWebhooks.AddAsync(ann, receiver.Url, ",\"kinds\":[\"group\"]");

        var group = await ann.AddGroupAsync("Friends");
        await receiver.WaitAsync(1);
        (await ann.DeleteAsync($"/groups/{group}")).ShouldBe(204);
        await receiver.WaitAsync(2);
    }

    [Fact]
    public async Task Sends_one_message_after_the_other_until_everything_is_told()
    {
        var concurrent = 0;
        var most = 0;
        await using var receiver = await Receiver.StartAsync(async http =>
        {
            most = Math.Max(most, Interlocked.Increment(ref concurrent));
            await Task.Delay(1500);
            Interlocked.Decrement(ref concurrent);
            http.Response.StatusCode = 200;
        });
        var ann = await local.AgentAsync();
        var (id, _) = await LocalWebhooks.AddAsync(ann, receiver.Url);

        for (var i = 0; i < 30; i++)
        {
            await ann.AddContactAsync($"Contact {i}");
            await Task.Delay(100);
        }

        var revision = await BookRevisionAsync(ann);
        await WaitForAsync(async () => await local.ReadAsync(id, "position") == revision);
        var messages = receiver.Messages.ToArray();
        Assert.Equal(1, most);
        Assert.InRange(messages.Length, 2, 6);
        Assert.Equal(messages.Length, messages.Select(message => message.Id).Distinct().Count());
        Assert.Equal(messages.Select(message => message.Id).Order(StringComparer.Ordinal), messages.Select(message => message.Id));
        Assert.Empty((await ann.GetAsync($"/changes?since={messages[^1].Token}"))["changes"]!.AsArray());
    }

    [Fact]
    public async Task Lets_a_slow_receiver_delay_only_itself()
    {
        await using var slow = await Receiver.StartAsync(Receiver.HangAsync);
        await using var fast = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        for (var i = 0; i < 10; i++)
        {
            await LocalWebhooks.AddAsync(ann, slow.Url);
        }

        await LocalWebhooks.AddAsync(ann, fast.Url);
        await ann.AddContactAsync("Joe");
        await slow.WaitAsync(10);
        await fast.WaitAsync(1);
        await ann.AddContactAsync("Eve");
        await fast.WaitAsync(2);

        Assert.Equal(10, slow.Messages.Count);
    }

    [Fact]
    public async Task Signs_as_Standard_Webhooks_says()
    {
        await Library.InstallAsync();
        await using var receiver = await Receiver.StartAsync();
        var ann = await local.AgentAsync();
        var (id, first) = await LocalWebhooks.AddAsync(ann, receiver.Url);
        await ann.AddContactAsync("Joe");
        var before = (await receiver.WaitAsync(1))[0];
        var second = (await ann.PostAsync($"/webhooks/{id}/secret", "{}")).ShouldBe(200).Value("secret");
        await ann.AddContactAsync("Eve");
        var after = (await receiver.WaitAsync(2))[1];
        await local.SetAsync(id, "previous_secret_expires = now() - interval '1 second'");
        (await ann.PostAsync($"/webhooks/{id}/test", "{}")).ShouldBe(200);
        var later = (await receiver.WaitAsync(3))[2];

        var results = await VerifyAsync(
            (first, before),
            (second, before),
            (first, after),
            (second, after),
            (first, later),
            (second, later),
            (second, later with { Body = later.Body.Replace("test", "tent", StringComparison.Ordinal) }));

        const string Refused = "No matching signature found";
        Assert.Equal(["ok", Refused, "ok", "ok", Refused, "ok", Refused], results);
        Assert.Equal("test", later.Json["type"]!.GetValue<string>());
        Assert.Equal(2, after.Headers["webhook-signature"].Split(' ').Length);
        Assert.Single(later.Headers["webhook-signature"].Split(' '));
    }

    [Fact]
    public async Task Delivers_each_message_once_with_two_instances()
    {
        await using var other = await local.StartAsync();
        var answered = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var receiver = await Receiver.StartAsync(async http =>
        {
            await Task.Delay(300);
            answered.AddOrUpdate(http.Request.Headers["webhook-id"].ToString(), 1, (_, count) => count + 1);
            http.Response.StatusCode = 200;
        });
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => local.AgentAsync()));
        var webhooks = await Task.WhenAll(people.Select(person => LocalWebhooks.AddAsync(person, receiver.Url)));

        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(people.Select(person => person.AddContactAsync("Joe")));
            await Task.Delay(700);
        }

        foreach (var (person, webhook) in people.Zip(webhooks))
        {
            var revision = await BookRevisionAsync(person);
            await WaitForAsync(async () => await local.ReadAsync(webhook.Id, "position") == revision);
        }

        Assert.True(answered.Count >= 12);
        Assert.All(answered, message => Assert.Equal(1, message.Value));
    }

    [Fact]
    public async Task Goes_on_after_an_instance_was_killed_while_it_delivered()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Webhooks__AllowPrivateAddresses"] = "true",
        };
        await using var receiver = await Receiver.StartAsync(Receiver.HangAsync);
        await using (var killed = await ServiceProcess.StartAsync(settings))
        {
            using var http = new HttpClient { BaseAddress = new Uri(killed.Address) };
            var ann = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "agent");
            await LocalWebhooks.AddAsync(ann, receiver.Url);
            await ann.AddContactAsync("Joe");
            await receiver.WaitAsync(1);
            await killed.KillAsync();
        }

        await using (var select = database.CreateCommand("SELECT expires <= now() + interval '30 s' FROM webhook_lease"))
        {
            Assert.Equal(true, await select.ExecuteScalarAsync());
        }

        // The lease of the killed instance ends.
        await using var expire = database.CreateCommand("UPDATE webhook_lease SET expires = now()");
        await expire.ExecuteNonQueryAsync();
        receiver.AnswerAsync = Receiver.Status(204);
        await using var next = await ServiceProcess.StartAsync(settings);
        var messages = await receiver.WaitAsync(2);

        Assert.Equal(messages[0].Id, messages[1].Id);
        Assert.Equal(messages[0].Body, messages[1].Body);
    }

    [Fact]
    public async Task Gives_its_organizations_back_when_it_stops()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await using var receiver = await Receiver.StartAsync(Receiver.HangAsync);
        await using (var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Webhooks__AllowPrivateAddresses"] = "true",
        }))
        {
            using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
            var ann = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "agent");
            await LocalWebhooks.AddAsync(ann, receiver.Url);
            await ann.AddContactAsync("Joe");
            await receiver.WaitAsync(1);
        }

        await using var read = database.CreateCommand(
            "SELECT (SELECT count(*) FROM webhook_lease), attempts, message_id IS NOT NULL FROM webhook");
        await using var row = await read.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        Assert.Equal((0L, 0, true), (row.GetInt64(0), row.GetInt32(1), row.GetBoolean(2)));
    }

    private static async Task<string[]> VerifyAsync(params (string Secret, ReceivedMessage Message)[] messages)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CONTACTS_MESSAGES"] = JsonSerializer.Serialize(messages.Select(pair => new
            {
                secret = pair.Secret,
                headers = pair.Message.Headers.Where(header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase))
                    .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value, StringComparer.Ordinal),
                body = pair.Message.Body,
            })),
        };
        var (exitCode, output) = await Library.RunAsync("node", ["verify.js"], settings);
        Assert.True(exitCode == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task<string> BookRevisionAsync(Person person)
    {
        await using var select = local.Database.CreateCommand(
            "SELECT revision::text FROM book WHERE organization = $1 AND owner_id = $2");
        select.Parameters.Add(new() { Value = person.Organization });
        select.Parameters.Add(new() { Value = person.User });
        return (string)(await select.ExecuteScalarAsync())!;
    }

    private static async Task WaitForAsync(Func<Task<bool>> isDoneAsync)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await isDoneAsync())
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("It did not happen within 20 seconds.");
    }
}
