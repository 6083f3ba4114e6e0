using System.Buffers.Text;
using System.Text;

namespace ContactsService.Tests.Access;

public class PageTokenTests(Service service)
{
    [Fact]
    public async Task Tells_nothing_and_cannot_be_altered_or_given_to_others()
    {
        var ann = await service.AdminAsync();
        await ann.AddContactAsync("Cleartext One");
        await ann.AddContactAsync("Cleartext Two");
        var token = (await ann.GetAsync("/contacts?pageSize=1")).ShouldBe(200).Value("nextPageToken");
        var bytes = Base64Url.DecodeFromChars(token);
        Assert.DoesNotContain("leartext", Encoding.Latin1.GetString(bytes), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["Cleartext Two"], (await PageAsync(ann, token)).ShouldBe(200).Values("contacts", "displayName"));

        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] altered = [.. bytes];
            altered[i] ^= 1;
            (await PageAsync(ann, Base64Url.EncodeToString(altered))).ShouldBeProblem(400, "invalid-page-token");
        }

        var bob = await service.PersonAsync(ann.Organization, "bob", "admin");
        (await PageAsync(bob, token)).ShouldBeProblem(400, "invalid-page-token");
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("WyIxIiwiMiIsIjMiXQ")]
    [InlineData("%C3%A9")]
    public async Task Is_refused_when_it_was_not_made_here(string token) =>
        (await PageAsync(await service.AgentAsync(), token)).ShouldBeProblem(400, "invalid-page-token");

    [Fact]
    public async Task Is_still_read_when_there_is_a_newer_key()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(await TestDatabase.CreateAsync());
        await using var service1 = await ServiceProcess.StartAsync(Settings(database));
        using var http = new HttpClient { BaseAddress = new Uri(service1.Address) };
        var ann = await Service.PersonAsync(database, http, "acme", "ann", "agent");
        await ann.AddContactAsync("One");
        await ann.AddContactAsync("Two");
        var token = (await ann.GetAsync("/contacts?pageSize=1")).ShouldBe(200).Value("nextPageToken");
        await using var add = database.CreateCommand(
            "INSERT INTO service_key SELECT 2, sha256('another key'), now() - interval '1 hour'");
        await add.ExecuteNonQueryAsync();
        await using var oldest = database.CreateCommand("UPDATE service_key SET created = now() - interval '1 day' WHERE key_id = 1");
        await oldest.ExecuteNonQueryAsync();

        await using var service2 = await ServiceProcess.StartAsync(Settings(database));
        using var other = new HttpClient { BaseAddress = new Uri(service2.Address) };
        var there = new Person(other, ann.Organization, ann.User, ann.Token);

        Assert.Equal(["Two"], (await PageAsync(there, token)).ShouldBe(200).Values("contacts", "displayName"));
        var newer = (await there.GetAsync("/contacts?pageSize=1")).ShouldBe(200).Value("nextPageToken");
        Assert.NotEqual(token, newer);
        Assert.Equal(2, Base64Url.DecodeFromChars(newer)[1]);
    }

    private static Dictionary<string, string?> Settings(Npgsql.NpgsqlDataSource database) =>
        new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = database.ConnectionString };

    private static Task<Reply> PageAsync(Person person, string token) => person.GetAsync($"/contacts?pageSize=1&pageToken={token}");
}
