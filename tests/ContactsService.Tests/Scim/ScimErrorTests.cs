using System.Text;
using static ContactsService.Tests.Scim.ScimCalls;

namespace ContactsService.Tests.Scim;

/// <summary>RFC 7644, 3.12: errors have the form of SCIM, and nothing is stored.</summary>
public class ScimErrorTests(Service service)
{
    [Theory]
    [InlineData("""{"userName": "a"}""", "invalidSyntax", "schemas")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "userName": "a"}""", "invalidSyntax", "Group")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a", "shoeSize": 43}""", "invalidSyntax", "shoeSize")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a", "name": {"first": "A"}}""",
        "invalidSyntax",
        "first")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a", "username": "b"}""", "invalidSyntax", "userName")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]}""", "invalidValue", "userName")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": " "}""", "invalidValue", "userName")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": 7}""", "invalidValue", "userName")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a", "active": "maybe"}""", "invalidValue", "active")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a", "emails": "a@x.org"}""", "invalidValue", "emails")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a\u0000"}""", "invalidValue", "userName")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a", "userName": "b"}""", "invalidSyntax", "twice")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a" """, "invalidSyntax", "JSON")]
    [InlineData("""["urn:ietf:params:scim:schemas:core:2.0:User"]""", "invalidSyntax", "object")]
    [InlineData("", "invalidSyntax", "JSON")]
    public async Task A_body_that_is_not_a_user_is_400(string body, string scimType, string detail)
    {
        var admin = await service.AdminAsync();
        var other = await admin.AddUserAsync("other");

        (await admin.ScimAsync("POST", Users, body)).ShouldBeScimError(400, scimType, detail);
        (await admin.ScimAsync("PUT", other.Location!, body)).ShouldBeScimError(400, scimType, detail);

        Assert.Equal(1, (await admin.GetAsync(Users)).Total());
        Assert.Equal(other.Text, (await admin.GetAsync(other.Location!)).Text);
        Assert.Equal("other", await admin.ContactNamesAsync());
    }

    [Theory]
    [InlineData("""{"Operations": [{"op": "replace", "path": "title", "value": "x"}]}""", "invalidSyntax", "PatchOp")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": []}""", "invalidSyntax", "Operations")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "test", "path": "title", "value": "x"}]}""",
        "invalidSyntax",
        "op")]
    [InlineData(
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "shoeSize", "value": "x"}]}
        """,
        "invalidPath",
        "shoeSize")]
    [InlineData(
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "emails[type eq]", "value": "x"}]}
        """,
        "invalidPath",
        "emails.type")]
    [InlineData(
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "title", "value": 1}]}
        """,
        "invalidValue",
        "title")]
    [InlineData(
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "remove", "path": "emails[type eq \"work\"]"}]}
        """,
        "noTarget",
        "emails")]
    [InlineData(
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "path": "meta.created", "value": "x"}]}
        """,
        "mutability",
        "meta")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "remove", "path": "userName"}]}""",
        "mutability",
        "userName")]
    [InlineData("""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [""", "invalidSyntax", "JSON")]
    public async Task A_body_that_is_not_a_patch_is_400(string body, string scimType, string detail)
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen");

        (await admin.ScimAsync("PATCH", made.Location!, body)).ShouldBeScimError(400, scimType, detail);

        Assert.Equal(made.Text, (await admin.GetAsync(made.Location!)).Text);
    }

    [Theory]
    [InlineData("GET", "/scim/v2/Users?userName=a", "userName")]
    [InlineData("GET", "/scim/v2/Users?Filter=x", "Filter")]
    [InlineData("POST", "/scim/v2/Users?filter=x", "filter")]
    [InlineData("POST", "/scim/v2/Bulk?x=1", "x")]
    [InlineData("GET", "/scim/v2/Schemas?Filter=x", "Filter")]
    [InlineData("DELETE", "/scim/v2/Users/a?force=true", "force")]
    public async Task An_unknown_query_parameter_is_400(string method, string address, string name)
    {
        var admin = await service.AdminAsync();

        (await admin.ScimAsync(method, address, method == "POST" ? User("a") : null)).ShouldBeScimError(400, "invalidSyntax", name);

        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task A_query_parameter_twice_is_400()
    {
        var admin = await service.AdminAsync();

        (await admin.GetAsync($"{Users}?count=1&count=2")).ShouldBeScimError(400, "invalidValue", "count");
        (await admin.GetAsync($"{Users}?filter=title%20pr&filter=active%20pr")).ShouldBeScimError(400, "invalidValue", "filter");
    }

    [Theory]
    [InlineData("/scim/v2/Users")]
    [InlineData("/identity/scim/any/v2/Users")]
    public async Task A_missing_token_is_401(string address)
    {
        using var http = service.NewClient();

        var reply = await Reply.OfAsync(await http.GetAsync(new Uri(address, UriKind.Relative)));

        reply.ShouldBeScimError(401);
        Assert.StartsWith("Bearer", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/scim/v2/Users/2819c223-7f76-453a-919d-413861904646")]
    [InlineData("GET", "/scim/v2/Users/x%2Fy")]
    [InlineData("GET", "/scim/v2/Users/%22'%3B--")]
    [InlineData("GET", "/scim/v2/Groups")]
    [InlineData("GET", "/scim/v2/Me")]
    [InlineData("GET", "/scim/v2/ResourceTypes/Group")]
    [InlineData("GET", "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group")]
    [InlineData("GET", "/scim/v2")]
    [InlineData("GET", "/scim/v2/nowhere/at/all")]
    [InlineData("DELETE", "/scim/v2/Users/2819c223-7f76-453a-919d-413861904646")]
    public async Task An_unknown_resource_is_404(string method, string address) =>
        (await (await service.AdminAsync()).ScimAsync(method, address)).ShouldBeScimError(404);

    [Theory]
    [InlineData("%FF", 404)]
    [InlineData("%00", 400)]
    [InlineData("a%00b", 400)]
    [InlineData("%ED%A0%80", 404)] // half a surrogate pair
    public async Task An_id_that_cannot_be_stored_is_404(string id, int status)
    {
        var admin = await service.AdminAsync();

        (await admin.GetAsync($"{Users}/{id}")).ShouldBe(status);
        (await admin.ScimAsync("DELETE", $"{Users}/{id}")).ShouldBe(status);
    }

    [Fact]
    public async Task An_invalid_ETag_matches_nothing()
    {
        var admin = await service.AdminAsync();
        var made = await admin.AddUserAsync("bjensen");

        (await admin.ScimAsync("DELETE", made.Location!, null, ("If-Match", "nonsense"))).ShouldBeScimError(412);
        (await admin.ScimAsync("DELETE", made.Location!, null, ("If-Match", "W/\"7"))).ShouldBeScimError(412);
        (await admin.GetAsync(made.Location!, ("If-None-Match", "nonsense"))).ShouldBeScimError(400, null, "If-None-Match");
        (await admin.GetAsync(made.Location!)).ShouldBe(200);
    }

    [Theory]
    [InlineData("PUT", "/scim/v2/Users", "GET, POST")]
    [InlineData("POST", "/scim/v2/Users/a", "DELETE, GET, PATCH, PUT")]
    [InlineData("GET", "/scim/v2/Bulk", "POST")]
    [InlineData("GET", "/scim/v2/.search", "POST")]
    [InlineData("POST", "/scim/v2/ServiceProviderConfig", "GET")]
    [InlineData("DELETE", "/scim/v2/Schemas", "GET")]
    public async Task An_unsupported_method_is_405(string method, string address, string allowed)
    {
        var reply = await (await service.AdminAsync()).ScimAsync(method, address, method is "GET" or "DELETE" ? null : "{}");

        reply.ShouldBeScimError(405);
        Assert.Equal(allowed, string.Join(", ", reply.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        var admin = await service.AdminAsync();

        (await admin.SendAsync(HttpMethod.Post, Users, User("a"), [], "text/plain")).ShouldBeScimError(415);
        (await admin.SendAsync(HttpMethod.Post, Users, User("a"), [], "application/scim+json; charset=iso-8859-1")).ShouldBeScimError(415);
        (await admin.GetAsync(Users, ("Accept", "text/html"))).ShouldBeScimError(406);
        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_413()
    {
        var admin = await service.AdminAsync();

        (await admin.ScimAsync("POST", Users, User("a", $""" "title": "{new string('x', 300_000)}" """))).ShouldBeScimError(413);

        Assert.Equal(0, (await admin.GetAsync(Users)).Total());
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_400()
    {
        var admin = await service.AdminAsync();
        using var http = service.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Users);
        request.Headers.Authorization = new("Bearer", admin.Token);
        request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(User("bjørn")));
        request.Content.Headers.ContentType = new("application/scim+json");

        (await Reply.OfAsync(await http.SendAsync(request))).ShouldBeScimError(400, "invalidSyntax", "UTF-8");
    }

    // RFC 7644, 3.1: a service takes both types, and may answer with either when it is asked for.
    [Fact]
    public async Task Plain_JSON_is_accepted_and_returned()
    {
        var admin = await service.AdminAsync();

        var made = (await admin.PostAsync(Users, User("bjensen"), ("Accept", "application/json"))).ShouldBe(201);

        Assert.StartsWith("application/json", made.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.StartsWith(
            "application/json",
            (await admin.GetAsync(Users, ("Accept", "application/json"))).Headers["Content-Type"],
            StringComparison.Ordinal);
        string[] accepts =
        [
            "application/scim+json",
            "*/*",
            "application/scim+json, application/json",
            "application/json, application/scim+json;q=0.9",
        ];
        foreach (var accept in accepts)
        {
            Assert.StartsWith(
                "application/scim+json",
                (await admin.GetAsync(made.Location!, ("Accept", accept))).Headers["Content-Type"],
                StringComparison.Ordinal);
        }

        (await admin.SendAsync(HttpMethod.Put, made.Location!, User("bjensen"), [], "application/scim+json; charset=UTF-8")).ShouldBe(200);
    }
}
