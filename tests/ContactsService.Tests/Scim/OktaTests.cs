using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>
/// The requests that Okta publishes: developer.okta.com, "SCIM 2.0 protocol reference", and its Runscope tests of a SCIM server.
/// It updates by PUT or PATCH, as its integration is set up, and never deletes users.
/// </summary>
public class OktaTests(Service service)
{
    private const string UserName = "test.user@okta.local";

    private const string NewUser = $$"""
        {"schemas": ["{{Core}}"], "userName": "{{UserName}}", "name": {"givenName": "Test", "familyName": "User"},
         "emails": [{"primary": true, "value": "{{UserName}}", "type": "work"}], "displayName": "Test User", "locale": "en-US",
         "externalId": "00ujl29u0le5T6Aj10h7", "groups": [], "password": "1mz050nq", "active": true}
        """;

    [Fact]
    public async Task Provisions_a_user_through_its_whole_lifecycle()
    {
        var (okta, ann) = await PeopleAsync();

        // Test connection.
        var all = await SendAsync(okta, "GET", $"{Users}?startIndex=1&count=2");
        all.ShouldBe(200).ShouldHold("""
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 0, "startIndex": 1, "itemsPerPage": 0,
             "Resources": []}
            """);

        // Is the user there?
        const string Look = $"{Users}?filter=userName%20eq%20%22test.user%40okta.local%22&startIndex=1&count=100";
        (await SendAsync(okta, "GET", Look)).ShouldBe(200).ShouldHold("""{"totalResults": 0, "Resources": []}""");
        Assert.Equal("", await ann.ContactNamesAsync());

        // Create.
        var made = (await SendAsync(okta, "POST", Users, NewUser)).ShouldBe(201);
        made.ShouldHold($$"""
            {"schemas": ["{{Core}}"], "userName": "{{UserName}}", "name": {"givenName": "Test", "familyName": "User"},
             "emails": [{"primary": true, "value": "{{UserName}}", "type": "work"}], "displayName": "Test User", "locale": "en-US",
             "externalId": "00ujl29u0le5T6Aj10h7", "active": true, "groups": null, "password": null}
            """);
        var id = made.Value("id");
        Assert.Equal("Test User", await ann.ContactNamesAsync());
        Assert.Equal(id, (await SendAsync(okta, "GET", Look)).ShouldBe(200)["Resources"]![0]!["id"]!.GetValue<string>());

        // Retrieve.
        Assert.Equal(made.Text, (await SendAsync(okta, "GET", $"{Users}/{id}")).ShouldBe(200).Text);

        // Update by PUT.
        var replaced = (await SendAsync(okta, "PUT", $"{Users}/{id}", Replacement(id, "true"))).ShouldBe(200);
        replaced.ShouldHold($$"""
            {"id": "{{id}}", "userName": "{{UserName}}", "name": {"givenName": "Another", "middleName": "Excited", "familyName": "User"},
             "active": true,
             "displayName": null, "locale": null}
            """);
        Assert.Equal("Another User", await ann.ContactNamesAsync());

        // Deactivate, and reactivate.
        (await SendAsync(okta, "PATCH", $"{Users}/{id}", Patch("""{"op": "replace", "value": {"active": false}}"""))).ShouldBe(200)
            .ShouldHold($$"""{"id": "{{id}}", "active": false, "userName": "{{UserName}}"}""");
        Assert.Equal("", await ann.ContactNamesAsync());
        Assert.Equal(1, (await SendAsync(okta, "GET", Look)).Total()); // it finds the user again by this, instead of making another

        (await SendAsync(okta, "PATCH", $"{Users}/{id}", Patch("""{"op": "replace", "value": {"active": true}}""")))
            .ShouldBe(200).ShouldHold("""{"active": true}""");
        Assert.Equal("Another User", await ann.ContactNamesAsync());

        // Integrations that were set up to update by PUT deactivate by it, too.
        (await SendAsync(okta, "PUT", $"{Users}/{id}", Replacement(id, "false"))).ShouldBe(200).ShouldHold("""{"active": false}""");
        Assert.Equal("", await ann.ContactNamesAsync());
        (await SendAsync(okta, "PUT", $"{Users}/{id}", Replacement(id, "true"))).ShouldBe(200).ShouldHold("""{"active": true}""");
        Assert.Equal("Another User", await ann.ContactNamesAsync());
    }

    [Fact]
    public async Task Gets_the_errors_that_it_requires()
    {
        var (okta, ann) = await PeopleAsync();
        (await SendAsync(okta, "POST", Users, NewUser)).ShouldBe(201);

        (await SendAsync(okta, "POST", Users, NewUser)).ShouldBeScimError(409, "uniqueness");
        (await SendAsync(okta, "GET", $"{Users}/010101001010101011001010101011")).ShouldBeScimError(404);
        (await SendAsync(okta, "POST", Users, $$"""{"schemas": ["{{Core}}"], "name": {"givenName": "Test", "familyName": "User"} }"""))
            .ShouldBeScimError(400, "invalidValue", "userName");

        Assert.Equal("Test User", await ann.ContactNamesAsync());
    }

    [Fact]
    public async Task Imports_all_users_page_by_page()
    {
        var (okta, _) = await PeopleAsync();
        for (var i = 0; i < 5; i++)
        {
            await okta.AddUserAsync($"user{i}");
        }

        var seen = new List<string>();
        for (var start = 1; start <= 5; start += 2)
        {
            var page = (await SendAsync(okta, "GET", $"{Users}?startIndex={start}&count=2")).ShouldBe(200);
            Assert.Equal(5, page.Total());
            Assert.Equal(start, page["startIndex"]!.GetValue<int>());
            seen.AddRange(page.Values("Resources", "userName"));
        }

        Assert.Equal(["user0", "user1", "user2", "user3", "user4"], seen.Order(StringComparer.Ordinal));
    }

    private static string Replacement(string id, string active) => $$"""
        {"schemas": ["{{Core}}"], "id": "{{id}}", "userName": "{{UserName}}",
         "name": {"givenName": "Another", "middleName": "Excited", "familyName": "User"},
         "emails": [{"primary": true, "value": "{{UserName}}", "type": "work", "display": "{{UserName}}"}],
         "active": {{active}}, "groups": [], "meta": {"resourceType": "User"} }
        """;

    private static Task<Reply> SendAsync(Person okta, string method, string path, string? json = null) => okta.SendAsync(
        new HttpMethod(method),
        path,
        json,
        [("Accept", "application/scim+json"), ("Accept-Charset", "utf-8"), ("User-Agent", "OKTA SCIM Integration")],
        "application/scim+json; charset=utf-8");

    private async Task<(Person Okta, Person Ann)> PeopleAsync()
    {
        var okta = await service.AdminAsync("okta");
        return (okta, await service.PersonAsync(okta.Organization, "ann", "agent"));
    }
}
