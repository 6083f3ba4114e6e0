using Npgsql;

namespace ContactsService.Tests.Contacts;

/// <summary>Lists that are answered from memory, on several instances of one database.</summary>
public sealed class KeptAnswerTests : IAsyncLifetime
{
    private readonly List<ServiceProcess> processes = [];
    private readonly List<HttpClient> clients = [];
    private NpgsqlDataSource database = null!;
    private string connection = null!;

    public async ValueTask InitializeAsync()
    {
        connection = await TestDatabase.CreateAsync();
        database = NpgsqlDataSource.Create(connection);
        await StartAsync(megabytes: "64");
        await StartAsync(megabytes: "64");
        await StartAsync(megabytes: "0");
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await database.DisposeAsync();
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts?ownerId=me&fields=displayName")]
    [InlineData("/groups")]
    [InlineData("/encrypt/Users/contacts")]
    [InlineData("/api/v2/contacts")]
    public async Task Come_from_memory_until_the_list_changes(string list)
    {
        var ann = await PersonAsync(0);
        for (var i = 0; i < 3; i++)
        {
            (await ann.PostAsync("/encrypt/Users/groups", $$"""{"displayName":"group {{i}}","groupType":"NORMAL","encryptionKeyUrl":"kms://k"}"""))
                .ShouldBe(201);
            (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"Joe {{i}}","encryptionKeyUrl":"kms://k"}""")).ShouldBe(201);
        }

        var first = (await ann.GetAsync(list)).ShouldBe(200).Text;
        Assert.Equal(first, (await ann.GetAsync(list)).ShouldBe(200).Text);

        // What no program does: without a new revision, an answer that is read anew differs from one of memory.
        await using var change = database.CreateCommand("""
            UPDATE contact SET body = replace(body, 'Joe', 'Jim'); UPDATE contact_group SET body = replace(body, 'group', 'crowd')
            """);
        await change.ExecuteNonQueryAsync();
        Assert.Equal(first, (await ann.GetAsync(list)).ShouldBe(200).Text);

        (await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"New","encryptionKeyUrl":"kms://k"}""")).ShouldBe(201);
        var changed = (await ann.GetAsync(list)).ShouldBe(200).Text;
        Assert.Contains(list is "/groups" or "/encrypt/Users/contacts" ? "crowd" : "Jim", changed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_never_stale_under_16_writers_on_two_instances()
    {
        const int Writers = 16;
        const int WritesEach = 25;
        var instances = new[] { await PersonAsync(0), null!, null! };
        instances[1] = new Person(clients[1], instances[0].Organization, "ann", instances[0].Token);
        instances[2] = new Person(clients[2], instances[0].Organization, "ann", instances[0].Token);
        var (kept, other, uncached) = (instances[0], instances[1], instances[2]);
        string[] lists = ["/contacts?pageSize=1000", "/contacts?ownerId=me&pageSize=1000", "/contacts?fields=displayName&pageSize=1000"];
        var ids = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => kept.AddContactAsync($"Joe {i}")));

        await Task.WhenAll(ids.Select(async (id, writer) =>
        {
            for (var i = 0; i < WritesEach; i++)
            {
                var (write, read) = (writer + i) % 2 == 0 ? (kept, other) : (other, kept);
                var name = $"Joe {writer} {i}";
                (await write.PutAsync($"/contacts/{id}", $$"""{"contactType":"CUSTOM","displayName":"{{name}}"}""")).ShouldBe(200);

                // What was answered before the read began is in the list, on the other instance, too.
                var list = lists[i % lists.Length];
                var shown = (await read.GetAsync(list)).ShouldBe(200);
                Assert.Contains($"\"displayName\":\"{name}\"", shown.Text, StringComparison.Ordinal);

                // The same version has the same text, whether it comes from memory or not.
                var fresh = (await uncached.GetAsync(list)).ShouldBe(200);
                Assert.True(shown.ETag != fresh.ETag || shown.Text == fresh.Text, $"{shown.ETag}: {shown.Text} {fresh.Text}");
            }
        }));

        foreach (var list in lists)
        {
            var expected = (await uncached.GetAsync(list)).ShouldBe(200).Text;
            foreach (var person in new[] { kept, kept, kept, other, other, other })
            {
                Assert.Equal(expected, (await person.GetAsync(list)).ShouldBe(200).Text);
            }
        }
    }

    [Fact]
    public async Task Belong_to_one_caller()
    {
        var ann = await PersonAsync(0);
        var bob = await Service.PersonAsync(database, clients[0], ann.Organization, "bob", "agent");
        await ann.AddContactAsync("Only Ann knows him, and nobody else at all in the whole organization that she works for");
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("Only Ann", (await ann.GetAsync("/contacts")).ShouldBe(200).Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Only Ann", (await bob.GetAsync("/contacts")).ShouldBe(200).Text, StringComparison.Ordinal);
        }
    }

    private Task<Person> PersonAsync(int instance) =>
        Service.PersonAsync(database, clients[instance], Service.NewOrganization(), "ann", "admin");

    private async Task StartAsync(string megabytes)
    {
        var process = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection + ";Maximum Pool Size=10",
            ["AnswerCache__MaxMegabytes"] = megabytes,
        });
        processes.Add(process);
        clients.Add(new() { BaseAddress = new Uri(process.Address), Timeout = TimeSpan.FromSeconds(30) });
    }
}
