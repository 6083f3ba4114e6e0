using ContactsService.Access;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ContactsService.Tests.Access;

public class RotateTokenTests(Service service)
{
    [Fact]
    public async Task Gives_a_new_secret_while_the_old_one_works_for_a_while()
    {
        var admin = await service.AdminAsync();
        var old = (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent","name":"desk","scopes":["contacts.read"]}"""))
            .ShouldBe(201);

        var rotated = (await admin.PostAsync($"{old.Location}/rotate", """{"overlapSeconds":60}""")).ShouldBe(201);

        Assert.NotEqual(old.Value("token"), rotated.Value("token"));
        Assert.NotEqual(old.Value("tokenId"), rotated.Value("tokenId"));
        Assert.Equal(("ann", "agent", "desk"), (rotated.Value("user"), rotated.Value("role"), rotated.Value("name")));
        Assert.Equal("""["contacts.read"]""", rotated["scopes"]!.ToJsonString());
        (await As(admin, old).GetAsync("/contacts")).ShouldBe(200);
        (await As(admin, rotated).GetAsync("/contacts")).ShouldBe(200);
        var listed = (await admin.GetAsync("/tokens"))["tokens"]!.AsArray()
            .Single(token => token!["tokenId"]!.GetValue<string>() == old.Value("tokenId"))!;
        var left = DateTimeOffset.Parse(listed["expires"]!.GetValue<string>(), null) - DateTimeOffset.UtcNow;
        Assert.InRange(left.TotalSeconds, 30, 60);
    }

    [Fact]
    public async Task Ends_the_old_secret_at_once_without_an_overlap()
    {
        var admin = await service.AdminAsync();
        var old = (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent"}""")).ShouldBe(201);
        (await As(admin, old).GetAsync("/contacts")).ShouldBe(200);

        (await admin.PostAsync($"{old.Location}/rotate", """{"overlapSeconds":0}""")).ShouldBe(201);

        (await As(admin, old).GetAsync("/contacts")).ShouldBe(401);
        (await admin.PostAsync($"{old.Location}/rotate", "{}")).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Is_for_agents_own_tokens_of_the_same_role_and_does_not_make_them_last()
    {
        var admin = await service.AdminAsync();
        var own = (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent","days":3}""")).ShouldBe(201);
        var asAdmin = (await admin.PostAsync("/tokens", """{"user":"ann","role":"admin"}""")).ShouldBe(201);
        var bobs = (await admin.PostAsync("/tokens", """{"user":"bob","role":"agent"}""")).ShouldBe(201);
        var ann = As(admin, own);

        (await ann.PostAsync($"{asAdmin.Location}/rotate", "{}")).ShouldBeProblem(404, "not-found");
        (await ann.PostAsync($"{bobs.Location}/rotate", "{}")).ShouldBeProblem(403, "forbidden");
        Assert.Equal(own.Value("expires"), (await ann.PostAsync($"{own.Location}/rotate", "{}")).ShouldBe(201).Value("expires"));
    }

    [Theory]
    [InlineData("""{"overlapSeconds":-1}""", "overlapSeconds")]
    [InlineData("""{"overlapSeconds":604801}""", "overlapSeconds")]
    [InlineData("""{"overlap":1}""", "overlap")]
    public async Task Refuses_what_breaks_a_rule(string json, string member)
    {
        var admin = await service.AdminAsync();
        var old = (await admin.PostAsync("/tokens", """{"user":"ann","role":"agent"}""")).ShouldBe(201);

        (await admin.PostAsync($"{old.Location}/rotate", json)).ShouldBeProblem(400, "invalid-members", member);
    }

    [Fact]
    public async Task Shows_a_user_the_own_tokens_and_who_has_issued_them()
    {
        var admin = await service.AdminAsync("boss");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        await service.PersonAsync(admin.Organization, "bob", "agent");
        var issued = (await admin.PostAsync("/tokens", """{"user":"ann","role":"admin","name":"mine"}""")).ShouldBe(201);

        var seen = (await ann.GetAsync("/tokens")).ShouldBe(200)["tokens"]!.AsArray();

        Assert.Equal(2, seen.Count);
        Assert.All(seen, token => Assert.Equal("ann", token!["user"]!.GetValue<string>()));
        var byBoss = seen.Single(token => token!["tokenId"]!.GetValue<string>() == issued.Value("tokenId"))!;
        Assert.Equal("boss", byBoss["issuedBy"]!.GetValue<string>());
        Assert.Equal(issued.Value("created"), byBoss["created"]!.GetValue<string>());
        (await ann.DeleteAsync(issued.Location!)).ShouldBe(204);
    }

    [Fact]
    public async Task Are_purged_when_they_have_expired()
    {
        var ann = await service.AgentAsync();
        var bob = await service.PersonAsync(ann.Organization, "bob", "agent");
        await using var expire = service.Database.CreateCommand(
            "UPDATE api_token SET expires = now() - interval '1 second' WHERE organization = $1 AND user_id = 'bob'");
        expire.Parameters.Add(new() { Value = ann.Organization });
        await expire.ExecuteNonQueryAsync();
        var services = new ServiceCollection();
        services.AddAccess(new ConfigurationBuilder().Build());
        await using var db = new ContactsDb(new DbContextOptionsBuilder<ContactsDb>().UseNpgsql(service.Database).Options);

        foreach (var purge in services.Select(known => known.ImplementationInstance).OfType<PeriodicPurge>())
        {
            await purge.DeleteAsync(db, DateTime.UtcNow, TestContext.Current.CancellationToken);
        }

        var left = await db.Set<ApiToken>().Where(token => token.Organization == bob.Organization).Select(token => token.UserId)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["ann"], left);
    }

    private Person As(Person admin, Reply issued) =>
        new(service.NewClient(), admin.Organization, issued.Value("user"), issued.Value("token"));
}
