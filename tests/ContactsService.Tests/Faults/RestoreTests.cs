using Npgsql;

namespace ContactsService.Tests.Faults;

[Trait("Speed", "Slow")]
public class RestoreTests
{
    [Fact]
    public async Task Versions_and_tokens_that_were_lost_fit_nothing_that_is_written_after_it()
    {
        var live = await TestDatabase.CreateAsync();
        var organization = Service.NewOrganization();
        Person ann = null!, bob = null!;
        var joe = "";
        var hook = "";
        await ServeAsync(live, async http =>
        {
            await using var database = NpgsqlDataSource.Create(live);
            ann = await Service.PersonAsync(database, http, organization, "ann", "admin");
            bob = await Service.PersonAsync(database, http, organization, "bob", "agent");
            joe = await ann.AddContactAsync("Joe");
            hook = (await ann.PostAsync("/webhooks", """{"url":"https://example.com/"}""")).ShouldBe(201).Value("webhookId");
        });
        var backup = await CopyAsync(live);

        var lost = await ServeAsync(live, http => WriteAsync(http, ann, bob, joe, hook, "lost"));
        var restored = await CopyAsync(backup);
        await RenewAsync(restored);
        var first = await ServeAsync(restored, async http =>
        {
            var written = await WriteAsync(http, ann, bob, joe, hook, "first");
            await ShouldBeVoidAsync(http, ann, bob, joe, lost);
            return written;
        });
        var again = await CopyAsync(backup);
        await RenewAsync(again);
        var second = await ServeAsync(again, async http =>
        {
            var written = await WriteAsync(http, ann, bob, joe, hook, "second");
            await ShouldBeVoidAsync(http, ann, bob, joe, lost);
            await ShouldBeVoidAsync(http, ann, bob, joe, first);
            return written;
        });

        Assert.Empty(lost.ETags.Intersect(first.ETags).Concat(lost.ETags.Concat(first.ETags).Intersect(second.ETags)));
    }

    private sealed record Written(string[] ETags, string ContactETag, string ListETag, string AnnToken, string BobToken);

    // Bob had no book before: it is created in each of the histories.
    private static async Task<Written> WriteAsync(HttpClient http, Person ann, Person bob, string joe, string hook, string title)
    {
        (ann, bob) = (At(http, ann), At(http, bob));
        var contact = (await ann.PatchAsync($"/contacts/{joe}", $$"""{"title":"{{title}}"}""")).ShouldBe(200).ETag!;
        var group = (await ann.PutAsync(
            "/groups/01a1fc76-19e5-75ab-9845-8599ddf5a9ed", $$"""{"displayName":"{{title}}"}""")).ShouldBe(201).ETag!;
        var his = (await bob.PutAsync(
            "/contacts/jim", $$"""{"contactType":"CUSTOM","displayName":"{{title}}"}""")).ShouldBe(201).ETag!;
        var settings = (await ann.PutAsync("/settings", """{"region":"DE"}""")).ShouldBe(200).ETag!;
        var webhook = (await ann.PatchAsync($"/webhooks/{hook}", $$"""{"url":"https://example.com/{{title}}"}""")).ShouldBe(200).ETag!;
        var list = (await ann.GetAsync("/contacts")).ShouldBe(200).ETag!;
        var token = (await ann.GetAsync("/changes?since=now")).ShouldBe(200).Value("nextToken");
        var bobs = (await bob.GetAsync("/changes?since=now")).ShouldBe(200).Value("nextToken");
        return new([contact, group, his, settings, webhook, list], contact, list, token, bobs);
    }

    private static async Task ShouldBeVoidAsync(HttpClient http, Person ann, Person bob, string joe, Written lost)
    {
        (ann, bob) = (At(http, ann), At(http, bob));
        (await ann.PatchAsync($"/contacts/{joe}", """{"title":"x"}""", ("If-Match", lost.ContactETag))).ShouldBeProblem(412, "stale");
        (await ann.GetAsync("/contacts", ("If-None-Match", lost.ListETag))).ShouldBe(200);
        (await ann.GetAsync($"/changes?since={lost.AnnToken}")).ShouldBeProblem(410, "token-expired");
        (await bob.GetAsync($"/changes?since={lost.BobToken}")).ShouldBeProblem(410, "token-expired");
    }

    private static Person At(HttpClient http, Person person) => new(http, person.Organization, person.User, person.Token);

    private static Task<bool> ServeAsync(string connection, Func<HttpClient, Task> use) => ServeAsync(connection, async http =>
    {
        await use(http);
        return true;
    });

    private static async Task<T> ServeAsync<T>(string connection, Func<HttpClient, Task<T>> use)
    {
        await using var service = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection });
        using var http = new HttpClient { BaseAddress = new(service.Address) };
        return await use(http);
    }

    private static async Task RenewAsync(string connection)
    {
        var (code, output, error) = await ServiceProcess.RunAsync(
            ["restore-epoch"], new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection });
        Assert.True(code == 0, error);
        Assert.Matches("^All versions go on from [0-9]{16}[.]\n$", output);
    }

    // A back-up and its restore, of a database that nobody uses.
    private static async Task<string> CopyAsync(string connection)
    {
        NpgsqlConnection.ClearAllPools();
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var name = $"test_{Guid.NewGuid():N}";
        await using var server = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }.ConnectionString);
        await using var copy = server.CreateCommand($"CREATE DATABASE {name} TEMPLATE {settings.Database}");
        await copy.ExecuteNonQueryAsync();
        settings.Database = name;
        return settings.ConnectionString;
    }
}
