namespace ContactsService.Tests.Contacts;

/// <summary>PUT /contacts/{contactId}: replaces, or creates what the caller cannot see.</summary>
public class PutContactTests(Service service)
{
    private const string Joe = """{"contactType":"CUSTOM","displayName":"Joe"}""";

    [Fact]
    public async Task Creates_a_contact_that_is_not_visible()
    {
        var ann = await service.AgentAsync();

        var created = (await ann.PutAsync("/contacts/crm-7", Joe)).ShouldBe(201);

        Assert.Equal("/contacts/crm-7", created.Location);
        Assert.Equal("crm-7", created.Value("contactId"));
        Assert.Equal(created.Text, (await ann.GetAsync("/contacts/crm-7")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Replaces_an_existing_contact()
    {
        var ann = await service.AgentAsync();
        (await ann.PutAsync("/contacts/crm-7", """{"contactType":"CUSTOM","displayName":"Joe","title":"Guide"}""")).ShouldBe(201);

        var replaced = (await ann.PutAsync("/contacts/crm-7", Joe)).ShouldBe(200);

        Assert.Null(replaced["title"]);
        Assert.Single((await ann.GetAsync("/contacts"))["contacts"]!.AsArray());
    }

    [Fact]
    public async Task Only_creates_with_If_None_Match()
    {
        var ann = await service.AgentAsync();
        var created = (await ann.PutAsync("/contacts/crm-7", Joe, ("If-None-Match", "*"))).ShouldBe(201);

        var refused = (await ann.PutAsync("/contacts/crm-7", Joe, ("If-None-Match", "*"))).ShouldBeProblem(412, "stale");

        Assert.Equal(created.ETag, refused.ETag);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"00000000-1\"")]
    public async Task Only_replaces_with_If_Match(string ifMatch)
    {
        var ann = await service.AgentAsync();

        (await ann.PutAsync("/contacts/crm-7", Joe, ("If-Match", ifMatch))).ShouldBeProblem(412, "stale");

        (await ann.GetAsync("/contacts/crm-7")).ShouldBe(404);
    }

    [Fact]
    public async Task Creates_once_when_100_requests_create_at_the_same_time()
    {
        var ann = await service.AgentAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ann.PutAsync("/contacts/crm-7", Joe)));

        Assert.Single(replies, reply => (int)reply.Status == 201);
        Assert.Equal(99, replies.Count(reply => (int)reply.Status == 200));
        var guarded = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ann.PutAsync("/contacts/crm-8", Joe, ("If-None-Match", "*"))));
        Assert.Single(guarded, reply => (int)reply.Status == 201);
        Assert.Equal(49, guarded.Count(reply => (int)reply.Status == 412));
    }

    [Fact]
    public async Task Adds_a_directory_user_to_the_own_book()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var queue = (await admin.PostAsync("/queues", """{"name":"Billing"}""")).ShouldBe(201).Value("queueId");

        (await ann.PutAsync($"/contacts/{queue}", Joe)).ShouldBeProblem(403, "directory-read-only");
        var filed = (await ann.PutAsync($"/contacts/{queue}", """{"contactType":"CLOUD"}""")).ShouldBe(201);

        Assert.Equal("ann", filed.Value("ownerId"));
        Assert.Equal("Billing", filed.Value("displayName"));
        (await ann.PutAsync($"/contacts/{queue}", """{"contactType":"CLOUD"}""")).ShouldBe(200);
    }

    [Fact]
    public async Task Replaces_an_organization_contact_for_admins_only()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var taxi = (await admin.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"Taxi","ownerId":"{{admin.Organization}}"}""")).ShouldBe(201).Location!;

        (await ann.PutAsync(taxi, Joe)).ShouldBeProblem(403, "forbidden");
        var replaced = (await admin.PutAsync(taxi, Joe)).ShouldBe(200);

        Assert.Equal(admin.Organization, replaced.Value("ownerId"));
    }

    [Fact]
    public async Task Creates_an_organization_contact_where_ownerId_names_the_organization()
    {
        var admin = await service.AdminAsync();

        var created = (await admin.PutAsync(
            "/contacts/taxi", $$"""{"contactType":"CUSTOM","displayName":"Taxi","ownerId":"{{admin.Organization}}"}""")).ShouldBe(201);

        Assert.Equal(admin.Organization, created.Value("ownerId"));
    }

    [Fact]
    public async Task A_read_of_nothing_creates_nothing()
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync("/contacts/nobody")).ShouldBe(404);
        (await ann.GetAsync($"/groups/{Guid.NewGuid()}")).ShouldBe(404);

        await using var count = service.Database.CreateCommand("SELECT count(*) FROM book WHERE organization = $1");
        count.Parameters.Add(new() { Value = ann.Organization });
        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Does_not_give_away_the_id_of_somebody_who_has_left_the_directory()
    {
        var root = await service.AdminAsync();
        var user = (await root.PostAsync("/scim/v2/Users", """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe@example.com"}
            """)).ShouldBe(201).Value("id");
        (await root.DeleteAsync($"/scim/v2/Users/{user}")).ShouldBe(204);

        var body = $$"""{"contactType":"CUSTOM","displayName":"Joe","ownerId":"{{root.Organization}}"}""";
        (await root.PutAsync($"/contacts/{user}", body)).ShouldBeProblem(409, "contact-exists", "contactId");
    }
}
