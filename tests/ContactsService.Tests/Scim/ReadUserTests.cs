using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Scim;

namespace ContactsService.Tests.Scim;

public class ReadUserTests
{
    private const string Schemas = "\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"]";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    // RFC 7643, 8.3: the full user with the enterprise extension; what is not kept stands in the request only.
    [Fact]
    public void Accepts_the_full_user_of_the_standard() => ShouldRead(
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
         "id": "2819c223-7f76-453a-919d-413861904646", "externalId": "701984", "userName": "bjensen@example.com",
         "name": {"formatted": "Ms. Barbara J Jensen, III", "familyName": "Jensen", "givenName": "Barbara", "middleName": "Jane",
         "honorificPrefix": "Ms.", "honorificSuffix": "III"},
         "displayName": "Babs Jensen", "nickName": "Babs", "profileUrl": "https://login.example.com/bjensen",
         "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true}, {"value": "babs@jensen.org", "type": "home"}],
         "addresses": [{"streetAddress": "100 Universal City Plaza", "locality": "Hollywood", "region": "CA", "postalCode": "91608",
         "country": "USA", "formatted": "100 Universal City Plaza\nHollywood, CA 91608 USA", "type": "work", "primary": true}],
         "phoneNumbers": [{"value": "555-555-5555", "type": "work"}], "ims": [{"value": "someaimhandle", "type": "aim"}],
         "photos": [{"value": "https://photos.example.com/profilephoto/72930000000Ccne/F", "type": "photo"}],
         "userType": "Employee", "title": "Tour Guide", "preferredLanguage": "en-US", "locale": "en-US", "timezone": "America/Los_Angeles",
         "active": true, "password": "t1meMa$heen",
         "groups": [{"value": "e9e30dba-f08f-4109-8486-d5c6a331660a", "$ref": "/Groups/e9e30dba-f08f-4109-8486-d5c6a331660a",
         "display": "Tour Guides"}],
         "x509Certificates": [{"value": "MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "701984", "costCenter": "4130",
         "organization": "Universal Studios", "division": "Theme Park", "department": "Tour Operations",
           "manager": {"value": "26118915-6090-4610-87e4-49d8ca9f808d", "$ref": "/Users/26118915-6090-4610-87e4-49d8ca9f808d",
           "displayName": "John Smith"}},
         "meta": {"resourceType": "User", "created": "2010-01-23T04:56:22Z", "lastModified": "2011-05-13T04:42:34Z",
         "version": "W/\"3694e05e9dff591\"", "location": "https://example.com/v2/Users/2819c223-7f76-453a-919d-413861904646"}}
        """,
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
         "externalId": "701984", "userName": "bjensen@example.com",
         "name": {"formatted": "Ms. Barbara J Jensen, III", "familyName": "Jensen", "givenName": "Barbara", "middleName": "Jane",
         "honorificPrefix": "Ms.", "honorificSuffix": "III"},
         "displayName": "Babs Jensen", "nickName": "Babs", "profileUrl": "https://login.example.com/bjensen",
         "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true}, {"value": "babs@jensen.org", "type": "home"}],
         "addresses": [{"streetAddress": "100 Universal City Plaza", "locality": "Hollywood", "region": "CA", "postalCode": "91608",
         "country": "USA", "formatted": "100 Universal City Plaza\nHollywood, CA 91608 USA", "type": "work", "primary": true}],
         "phoneNumbers": [{"value": "555-555-5555", "type": "work"}], "ims": [{"value": "someaimhandle", "type": "aim"}],
         "photos": [{"value": "https://photos.example.com/profilephoto/72930000000Ccne/F", "type": "photo"}],
         "userType": "Employee", "title": "Tour Guide", "preferredLanguage": "en-US", "locale": "en-US", "timezone": "America/Los_Angeles",
         "active": true,
         "x509Certificates": [{"value": "MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "701984", "costCenter": "4130",
         "organization": "Universal Studios", "division": "Theme Park", "department": "Tour Operations",
           "manager": {"value": "26118915-6090-4610-87e4-49d8ca9f808d", "$ref": "/Users/26118915-6090-4610-87e4-49d8ca9f808d",
           "displayName": "John Smith"}}}
        """);

    [Fact]
    public void Writes_names_and_booleans_as_the_schema_does() => ShouldRead(
        $$"""
        {{{Schemas.Replace("User", "user", StringComparison.Ordinal)}}, "USERNAME": "b", "Active": "True",
         "Emails": [{"Value": "a@x.org", "PRIMARY": "false"}],
         "URN:scim:schemas:extension:cisco:webexidentity:2.0:user": {"sipaddresses": [{"value": "s"}]} }
        """,
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:scim:schemas:extension:cisco:webexidentity:2.0:User"],
         "userName": "b", "active": true, "emails": [{"value": "a@x.org", "primary": false}],
         "urn:scim:schemas:extension:cisco:webexidentity:2.0:User": {"sipAddresses": [{"value": "s"}]} }
        """);

    // RFC 7643, 2.5: null and an empty list are the same as nothing.
    [Fact]
    public void Leaves_out_absent_values() => ShouldRead(
        $$"""
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "{{Enterprise}}"], "userName": "b", "title": null, "emails": [],
         "roles": [null, {}, {"value": null}], "name": {"givenName": null}, "{{Enterprise}}": {"manager": null} }
        """,
        $$"""{{{Schemas}}, "userName": "b"}""");

    [Theory]
    [InlineData("""{"userName": "b"}""", "invalidSyntax", "schemas must contain urn:ietf:params:scim:schemas:core:2.0:User.")]
    [InlineData(
        """{"userName": "b", "schemas": []}""", "invalidSyntax", "schemas must contain urn:ietf:params:scim:schemas:core:2.0:User.")]
    [InlineData(
        """{"userName": "b", "schemas": ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]}""",
        "invalidSyntax",
        "schemas must contain urn:ietf:params:scim:schemas:core:2.0:User.")]
    [InlineData(
        """{"userName": "b", "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:example:User"]}""",
        "invalidSyntax",
        "There is no schema 'urn:example:User'.")]
    [InlineData(
        """{"userName": "b", "schemas": "urn:ietf:params:scim:schemas:core:2.0:User"}""", "invalidValue", "schemas must be a list.")]
    [InlineData("[]", "invalidSyntax", "The body must be a JSON object.")]
    public void Refuses_other_schemas(string body, string scimType, string detail) => ShouldRefuse(body, scimType, detail);

    [Theory]
    [InlineData("\"userName\": null", "invalidValue", "userName is required.")]
    [InlineData("\"userName\": \"\"", "invalidValue", "userName is required.")]
    [InlineData("\"userName\": \" \"", "invalidValue", "userName is required.")]
    [InlineData("\"title\": \"T\"", "invalidValue", "userName is required.")]
    [InlineData("\"userName\": 5", "invalidValue", "userName must be a string.")]
    [InlineData("\"userName\": \"b\", \"username\": \"c\"", "invalidSyntax", "userName appears twice.")]
    [InlineData("\"userName\": \"b\", \"shoeSize\": 9", "invalidSyntax", "There is no attribute or schema 'shoeSize'.")]
    [InlineData("\"userName\": \"b\", \"urn:example:User\": {}", "invalidSyntax", "There is no attribute or schema 'urn:example:User'.")]
    [InlineData("\"userName\": \"b\", \"name.familyName\": \"x\"", "invalidSyntax", "There is no attribute or schema 'name.familyName'.")]
    [InlineData("\"userName\": \"b\", \"name\": {\"nick\": \"x\"}", "invalidSyntax", "name has no sub-attribute 'nick'.")]
    [InlineData(
        "\"userName\": \"b\", \"name\": {\"givenName\": \"x\", \"givenname\": \"y\"}", "invalidSyntax", "givenName appears twice in name.")]
    [InlineData("\"userName\": \"b\", \"emails\": {\"value\": \"x\"}", "invalidValue", "emails must be a list.")]
    [InlineData("\"userName\": \"b\", \"emails\": [\"x\"]", "invalidValue", "The values of emails must be objects.")]
    [InlineData("\"userName\": \"b\", \"emails\": [{\"value\": 5}]", "invalidValue", "emails.value must be a string.")]
    [InlineData(
        "\"userName\": \"b\", \"emails\": [{\"primary\": true}, {\"primary\": true}]",
        "invalidValue",
        "At most one entry of emails may be primary.")]
    [InlineData("\"userName\": \"b\", \"active\": \"yes\"", "invalidValue", "active must be true or false.")]
    [InlineData("\"userName\": \"b\", \"active\": 1", "invalidValue", "active must be true or false.")]
    [InlineData("\"userName\": \"b\", \"password\": 1", "invalidValue", "password must be a string.")]
    [InlineData(
        "\"userName\": \"b\", \"x509Certificates\": [{\"value\": \"?\"}]", "invalidValue", "x509Certificates.value must be Base64.")]
    [InlineData("\"userName\": \"b\", \"title\": \"a\\u0000\"", "invalidValue", "title contains U+0000 or an unpaired surrogate.")]
    [InlineData("\"userName\": \"b\", \"title\": \"a\\ud800\"", "invalidValue", "title contains an unpaired surrogate.")]
    [InlineData(
        "\"userName\": \"b\", \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\": []",
        "invalidValue",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User must be an object.")]
    [InlineData(
        "\"userName\": \"b\", \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\": {\"shoe\": 1}",
        "invalidSyntax",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User has no attribute 'shoe'.")]
    [InlineData(
        "\"userName\": \"b\", \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\": {\"manager\": 5}",
        "invalidValue",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager must be an object with a value.")]
    public void Refuses_values_outside_the_schema(string members, string scimType, string detail) =>
        ShouldRefuse($"{{{Schemas}, {members}}}", scimType, detail);

    [Fact]
    public void Refuses_what_exceeds_the_limits()
    {
        var title = new string('x', 16_384);
        Assert.Equal(title, Read($$"""{{{Schemas}}, "userName": "b", "title": "{{title}}"}""")["title"]!.GetValue<string>());
        ShouldRefuse(
            $$"""{{{Schemas}}, "userName": "b", "title": "{{title}}x"}""", "invalidValue", "title may have at most 16384 characters.");

        var roles = string.Join(',', Enumerable.Repeat("""{"value": "r"}""", 100));
        Assert.Equal(100, Read($$"""{{{Schemas}}, "userName": "b", "roles": [{{roles}}]}""")["roles"]!.AsArray().Count);
        ShouldRefuse(
            $$"""{{{Schemas}}, "userName": "b", "roles": [{{roles}}, {"value": "s"}]}""",
            "invalidValue",
            "roles may have at most 100 entries.");
    }

    private static JsonObject Read(string body) => ScimUserJson.Read(JsonElement.Parse(body));

    private static void ShouldRead(string body, string expected)
    {
        var user = Read(body);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), user), user.ToJsonString());
    }

    private static void ShouldRefuse(string body, string scimType, string detail)
    {
        var refusal = Assert.Throws<ScimException>(() => Read(body));
        Assert.Equal((400, scimType, detail), (refusal.Status, refusal.ScimType, refusal.Message));
    }
}
