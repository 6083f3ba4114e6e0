using Npgsql;

namespace ContactsService.Tests.Contacts;

public class ConcurrentContactTests(Service service)
{
    [Fact]
    public async Task Leaves_one_default_group_after_200_first_posts()
    {
        var ann = await service.AgentAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Contact {{i}}"}""")));

        Assert.All(replies, reply => reply.ShouldBe(201));
        var list = (await ann.GetAsync("/contacts?pageSize=1000")).ShouldBe(200);
        Assert.Equal(200, list["contacts"]!.AsArray().Count);
        var group = Assert.Single(list["groups"]!.AsArray())!;
        Assert.True(group["isDefault"]!.GetValue<bool>());
        Assert.Equal("Other contacts", group["displayName"]!.GetValue<string>());
        Assert.Equal(200, group["memberCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Loses_no_update_with_If_Match()
    {
        var ann = await service.AgentAsync();
        var id = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Counter","title":"0"}"""))
            .ShouldBe(201).Location!;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            while (true)
            {
                var read = (await ann.GetAsync(id)).ShouldBe(200);
                var next = int.Parse(read.Value("title")) + 1;
                var write = await ann.PutAsync(
                    id, $$"""{"contactType":"CUSTOM","displayName":"Counter","title":"{{next}}"}""", ("If-Match", read.ETag!));
                if ((int)write.Status == 200)
                {
                    return;
                }

                write.ShouldBeProblem(412, "stale");
            }
        }));

        Assert.Equal("20", (await ann.GetAsync(id)).Value("title"));
    }

    [Fact]
    public async Task Refuses_all_of_200_stale_writers()
    {
        var ann = await service.AgentAsync();
        var first = (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe"}""")).ShouldBe(201);
        var current = (await ann.PatchAsync(first.Location!, """{"title":"Head"}""")).ShouldBe(200);

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ =>
            ann.PutAsync(first.Location!, """{"contactType":"CUSTOM","displayName":"Late"}""", ("If-Match", first.ETag!))));

        Assert.All(replies, reply => Assert.Equal(current.ETag, reply.ShouldBeProblem(412, "stale").ETag));
    }

    [Fact]
    public async Task Answers_concurrent_first_calls_of_100_users()
    {
        var organization = Service.NewOrganization();
        var people = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => service.PersonAsync(organization, $"user-{i}", "agent")));

        var replies = await Task.WhenAll(people.Select((person, i) => person.GetAsync(i % 2 == 0 ? "/contacts" : "/groups")));

        Assert.All(replies, reply => Assert.Single(reply.ShouldBe(200)["groups"]!.AsArray()));
    }

    [Fact]
    public async Task Stores_a_cloud_contact_once_while_it_is_deleted()
    {
        var ann = await service.AgentAsync();
        await ann.AddContactAsync("Joe");
        var added = 0;
        var deleted = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            for (var i = 0; i < 60; i++)
            {
                var reply = worker % 2 == 0
                    ? await ann.PostAsync("/contacts", """{"contactType":"CLOUD","contactId":"ghost"}""")
                    : await ann.DeleteAsync("/contacts/ghost");
                Assert.Contains((int)reply.Status, (int[])[201, 409, 204, 404]);
                _ = (int)reply.Status switch { 201 => Interlocked.Increment(ref added), 204 => Interlocked.Increment(ref deleted), _ => 0 };
            }
        }));

        var left = (int)(await ann.GetAsync("/contacts/ghost")).Status == 200 ? 1 : 0;
        Assert.Equal(added, deleted + left);
    }

    [Fact]
    public async Task Does_not_delay_other_books_while_one_is_busy()
    {
        var ann = await service.AgentAsync();
        var bob = await service.PersonAsync(ann.Organization, "bob", "agent");
        await bob.AddContactAsync("Before");
        await ann.AddContactAsync("Before");
        await using var holder = await service.Database.OpenConnectionAsync();
        await using var hold = await holder.BeginTransactionAsync();
        await using var take = new NpgsqlCommand("SELECT FROM book WHERE organization = $1 AND owner_id = 'ann' FOR UPDATE", holder, hold)
        {
            Parameters = { new() { Value = ann.Organization } },
        };
        await take.ExecuteNonQueryAsync();
        var busy = Enumerable.Range(0, 400)
            .Select(i => ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Contact {{i}}"}"""))
            .ToList();

        for (var i = 0; i < 5; i++)
        {
            await bob.AddContactAsync($"Contact {i}");
        }

        Assert.DoesNotContain(busy, write => write.IsCompletedSuccessfully && (int)write.Result.Status == 201);
        await hold.RollbackAsync();
        Assert.All(await Task.WhenAll(busy), reply => Assert.Contains((int)reply.Status, new[] { 201, 503 }));
    }

    [Fact]
    public async Task Keeps_concurrent_patches_of_different_members()
    {
        var ann = await service.AgentAsync();
        var id = await ann.AddContactAsync("Joe");
        string[] members = ["firstName", "lastName", "companyName", "title", "department", "manager", "avatarURL", "schemas"];

        var replies = await Task.WhenAll(members.Select(member => ann.PatchAsync($"/contacts/{id}", $$"""{"{{member}}":"{{member}}"}""")));

        Assert.All(replies, reply => reply.ShouldBe(200));
        var read = await ann.GetAsync($"/contacts/{id}");
        Assert.All(members, member => Assert.Equal(member, read.Value(member)));
    }
}
