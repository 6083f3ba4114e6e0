using Npgsql;

namespace ContactsService.Tests.Contacts;

/// <summary>Lists that are answered from memory, on several instances of one database.</summary>
[Trait("Speed", "Slow")]
public sealed class KeptAnswerTests(KeptAnswerTests.Instances instances) : IClassFixture<KeptAnswerTests.Instances>
{
    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts?ownerId=me&fields=displayName")]
    [InlineData("/groups")]
    [InlineData("/encrypt/Users/contacts")]
    [InlineData("/api/v2/contacts")]
    public async Task Come_from_memory_until_the_list_changes(string list)
    {
        var ann = await instances.PersonAsync();
        for (var i = 0; i < 3; i++)
        {
            var group = $$"""{"displayName":"group {{i}}","groupType":"NORMAL","encryptionKeyUrl":"kms://k"}""";
            (await ann.PostAsync("/encrypt/Users/groups", group)).ShouldBe(201);
            var contact = $$"""{"contactType":"CUSTOM","displayName":"Joe {{i}}","encryptionKeyUrl":"kms://k"}""";
            (await ann.PostAsync("/contacts", contact)).ShouldBe(201);
        }

        var first = (await ann.GetAsync(list)).ShouldBe(200).Text;
        Assert.Equal(first, (await ann.GetAsync(list)).ShouldBe(200).Text);

        // What no program does: without a new revision, an answer that is read anew differs from one of memory.
        await using var change = instances.Database.CreateCommand("""
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
        var kept = await instances.PersonAsync();
        var other = new Person(instances.Other, kept.Organization, "ann", kept.Token);
        var uncached = new Person(instances.WithoutCache, kept.Organization, "ann", kept.Token);
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
        var ann = await instances.PersonAsync();
        var bob = await Service.PersonAsync(instances.Database, instances.First, ann.Organization, "bob", "agent");
        await ann.AddContactAsync("Only Ann knows him, and nobody else at all in the whole organization that she works for");
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("Only Ann", (await ann.GetAsync("/contacts")).ShouldBe(200).Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Only Ann", (await bob.GetAsync("/contacts")).ShouldBe(200).Text, StringComparison.Ordinal);
        }
    }

    /// <summary>Two instances as they are, and one that keeps no answers.</summary>
    public sealed class Instances : IAsyncLifetime
    {
        private readonly List<ServiceProcess> processes = [];

        public NpgsqlDataSource Database { get; private set; } = null!;

        public HttpClient First { get; private set; } = null!;

        public HttpClient Other { get; private set; } = null!;

        public HttpClient WithoutCache { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var connection = await TestDatabase.CreateAsync();
            Database = NpgsqlDataSource.Create(connection);
            First = await StartAsync(connection, megabytes: "64");
            Other = await StartAsync(connection, megabytes: "64");
            WithoutCache = await StartAsync(connection, megabytes: "0");
        }

        /// <summary>A user of a new organization, at the first instance.</summary>
        public Task<Person> PersonAsync() => Service.PersonAsync(Database, First, Service.NewOrganization(), "ann", "admin");

        public async ValueTask DisposeAsync()
        {
            First.Dispose();
            Other.Dispose();
            WithoutCache.Dispose();
            await Database.DisposeAsync();
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }

        private async Task<HttpClient> StartAsync(string connection, string megabytes)
        {
            var process = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
            {
                ["ConnectionStrings__Contacts"] = connection + ";Maximum Pool Size=10",
                ["AnswerCache__MaxMegabytes"] = megabytes,
            });
            processes.Add(process);
            return new() { BaseAddress = new Uri(process.Address), Timeout = TimeSpan.FromSeconds(30) };
        }
    }
}
