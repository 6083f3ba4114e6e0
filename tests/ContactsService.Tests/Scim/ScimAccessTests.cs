using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>Who may do what, and at which address.</summary>
public class ScimAccessTests(Service service)
{
    [Fact]
    public async Task Agents_read_and_do_not_write()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var made = await admin.AddUserAsync("bjensen");

        Assert.Equal(made.Text, (await ann.GetAsync(made.Location!)).ShouldBe(200).Text);
        Assert.Equal("bjensen", (await ann.GetAsync(Users)).UserNames());
        (await ann.ScimAsync("POST", $"{Users}/.search", """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]}"""))
            .ShouldBe(200);
        (await ann.GetAsync("/scim/v2/ServiceProviderConfig")).ShouldBe(200);

        (await ann.ScimAsync("POST", Users, User("x"))).ShouldBeScimError(403);
        (await ann.ScimAsync("PUT", made.Location!, User("x"))).ShouldBeScimError(403);
        (await ann.ScimAsync("PATCH", made.Location!, Patch("""{"op": "replace", "path": "title", "value": "x"}""")))
            .ShouldBeScimError(403);
        (await ann.ScimAsync("DELETE", made.Location!)).ShouldBeScimError(403);
        (await ann.ScimAsync("DELETE", $"{Users}/unknown")).ShouldBeScimError(403);
        Assert.Equal(made.Text, (await admin.GetAsync(made.Location!)).Text);
        Assert.Equal(1, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task Another_organization_sees_nothing()
    {
        var made = await (await service.AdminAsync()).AddUserAsync("bjensen");
        var stranger = await service.AdminAsync();

        (await stranger.GetAsync(made.Location!)).ShouldBeScimError(404);
        (await stranger.ScimAsync("PUT", made.Location!, User("x"))).ShouldBeScimError(404);
        (await stranger.ScimAsync("PATCH", made.Location!, Patch("""{"op": "replace", "path": "title", "value": "x"}""")))
            .ShouldBeScimError(404);
        (await stranger.ScimAsync("DELETE", made.Location!)).ShouldBeScimError(404);
        Assert.Equal("", (await stranger.GetAsync(Users)).UserNames());
        Assert.Equal(0, (await stranger.FilterAsync($"id eq \"{made.Value("id")}\" or userName eq \"bjensen\"")).Total());
    }

    [Fact]
    public async Task The_address_of_the_Webex_SDK_shows_the_same_users()
    {
        var admin = await service.AdminAsync();
        var api = $"/identity/scim/{admin.Organization}/v2";

        var made = (await admin.ScimAsync("POST", $"{api}/Users", User("bjensen"))).ShouldBe(201);

        Assert.Equal($"{service.Address}{api[1..]}/Users/{made.Value("id")}", made.Location);
        Assert.Equal(made.Text, (await admin.GetAsync(made.Location!)).ShouldBe(200).Text);
        (await admin.GetAsync($"{Users}/{made.Value("id")}")).ShouldBe(200).ShouldHold("""{"userName": "bjensen"}""");
        Assert.Equal("bjensen", (await admin.GetAsync($"{api}/Users")).UserNames());
        Assert.Equal(
            "bjensen",
            (await admin.ScimAsync(
                "POST", $"{api}/Users/.search", """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]}""")).UserNames());
        (await admin.GetAsync($"{api}/Schemas")).ShouldBe(200);
        (await admin.ScimAsync("PATCH", made.Location!, Patch("""{"op": "replace", "path": "title", "value": "Boss"}"""))).ShouldBe(200);
        (await admin.ScimAsync("POST", $"{api}/Bulk", $$"""
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
             "Operations": [{"method": "DELETE", "path": "/Users/{{made.Value("id")}}"}]}
            """)).ShouldBe(200);
        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task The_address_of_another_organization_is_404()
    {
        var admin = await service.AdminAsync();
        var api = $"/identity/scim/{Service.NewOrganization()}/v2";

        (await admin.GetAsync($"{api}/Users")).ShouldBeScimError(404);
        (await admin.ScimAsync("POST", $"{api}/Users", User("bjensen"))).ShouldBeScimError(404);
        (await admin.GetAsync($"{api}/ServiceProviderConfig")).ShouldBeScimError(404);
        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }
}
