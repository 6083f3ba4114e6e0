using System.Text.Json.Nodes;
using ContactsService.Scim;

namespace ContactsService.Tests.Scim;

public class DescribeServiceTests
{
    private const string BaseUrl = "https://example.com/scim/v2";

    // RFC 7643, 5 and 8.5; RFC 9865, 4.
    [Fact]
    public void Names_the_supported_features() => ShouldBe(
        """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
         "patch": {"supported": true}, "bulk": {"supported": true, "maxOperations": 1000, "maxPayloadSize": 1048576},
         "filter": {"supported": true, "maxResults": 1000}, "changePassword": {"supported": false}, "sort": {"supported": true},
         "etag": {"supported": true},
         "pagination": {"cursor": true, "index": true, "defaultPaginationMethod": "index", "defaultPageSize": 100, "maxPageSize": 1000,
         "cursorTimeout": 3600},
         "authenticationSchemes": [{"type": "oauthbearertoken", "name": "OAuth Bearer Token",
         "description": "A token of this service in the Authorization header.", "specUri": "https://www.rfc-editor.org/info/rfc6750",
         "primary": true}],
         "meta": {"resourceType": "ServiceProviderConfig", "location": "https://example.com/scim/v2/ServiceProviderConfig"} }
        """,
        ScimDiscovery.ServiceProviderConfig(BaseUrl));

    // RFC 7643, 6 and 8.6.
    [Fact]
    public void Has_users_only()
    {
        const string User = """
            {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"], "id": "User", "name": "User", "endpoint": "/Users",
             "description": "User Account",
             "schema": "urn:ietf:params:scim:schemas:core:2.0:User",
             "schemaExtensions": [
               {"schema": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "required": false},
               {"schema": "urn:scim:schemas:extension:cisco:webexidentity:2.0:User", "required": false}],
             "meta": {"resourceType": "ResourceType", "location": "https://example.com/scim/v2/ResourceTypes/User"} }
            """;
        ShouldBe(User, ScimDiscovery.ResourceType(BaseUrl, "User"));
        ShouldBe(
            $$"""
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 1, "startIndex": 1, "itemsPerPage": 1,
             "Resources": [{{User}}]}
            """,
            ScimDiscovery.ResourceTypes(BaseUrl));
        Assert.Null(ScimDiscovery.ResourceType(BaseUrl, "Group"));
    }

    [Fact]
    public void Has_three_schemas()
    {
        var list = ScimDiscovery.Schemas(BaseUrl);

        Assert.Equal(3, list["totalResults"]!.GetValue<int>());
        Assert.Equal(
            [
                "urn:ietf:params:scim:schemas:core:2.0:User",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                "urn:scim:schemas:extension:cisco:webexidentity:2.0:User",
            ],
            list["Resources"]!.AsArray().Select(schema => schema!["id"]!.GetValue<string>()));
        Assert.Null(ScimDiscovery.Schema(BaseUrl, "urn:ietf:params:scim:schemas:core:2.0:Group"));
    }

    // The names and characteristics of RFC 7643, 8.7.1, without its descriptions.
    [Theory]
    [InlineData("userName", "string False True False readWrite default server")]
    [InlineData(
        "name", "complex False False  readWrite default  formatted familyName givenName middleName honorificPrefix honorificSuffix")]
    [InlineData("profileUrl", "reference False False True readWrite default none")]
    [InlineData("active", "boolean False False  readWrite default ")]
    [InlineData("password", "string False False True writeOnly never none")]
    [InlineData("emails", "complex True False  readWrite default  value display type primary")]
    [InlineData("photos", "complex True False  readWrite default  value display type primary")]
    [InlineData(
        "addresses", "complex True False  readWrite default  formatted streetAddress locality region postalCode country type primary")]
    [InlineData("x509Certificates", "complex True False  readWrite default  value display type primary")]
    public void Describes_attributes(string name, string expected)
    {
        var attribute = ScimDiscovery.Schema(BaseUrl, "urn:ietf:params:scim:schemas:core:2.0:User")!["attributes"]!.AsArray()
            .Single(one => one!["name"]!.GetValue<string>() == name)!;

        string[] characteristics = ["type", "multiValued", "required", "caseExact", "mutability", "returned", "uniqueness"];
        var parts = attribute["subAttributes"]?.AsArray().Select(sub => sub!["name"]!.GetValue<string>()) ?? [];
        Assert.Equal(expected, string.Join(' ', characteristics.Select(one => Text(attribute[one])).Concat(parts)));
    }

    // RFC 7643, 4.1 and 4.3.
    [Theory]
    [InlineData(
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password "
        + "emails phoneNumbers ims photos addresses entitlements roles x509Certificates")]
    [InlineData(
        "URN:ietf:params:scim:schemas:extension:enterprise:2.0:user", "employeeNumber costCenter organization division department manager")]
    [InlineData("urn:scim:schemas:extension:cisco:webexidentity:2.0:User", "sipAddresses")]
    public void Describes_every_attribute(string urn, string names) =>
        Assert.Equal(
            names,
            string.Join(' ', ScimDiscovery.Schema(BaseUrl, urn)!["attributes"]!.AsArray().Select(one => one!["name"]!.GetValue<string>())));

    [Fact]
    public void Describes_parts_with_their_usual_values()
    {
        var emails = ScimDiscovery.Schema(BaseUrl, "urn:ietf:params:scim:schemas:core:2.0:User")!["attributes"]!.AsArray()
            .Single(one => one!["name"]!.GetValue<string>() == "emails")!;

        ShouldBe(
            """
            {"name": "type", "type": "string", "multiValued": false, "description": "The kind of the entry.", "required": false,
             "caseExact": false,
             "mutability": "readWrite", "returned": "default", "uniqueness": "none", "canonicalValues": ["work", "home", "other"]}
            """,
            emails["subAttributes"]![2]);
        ShouldBe(
            """
            {"name": "primary", "type": "boolean", "multiValued": false,
             "description": "Whether this is the preferred entry. At most one entry is.", "required": false,
             "mutability": "readWrite", "returned": "default"}
            """,
            emails["subAttributes"]![3]);
    }

    // RFC 7644, 3.12: its own example.
    [Fact]
    public void Writes_errors() => ShouldBe(
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "scimType": "mutability", "detail": "Attribute 'id' is readOnly",
         "status": "400"}
        """,
        ScimErrors.Body(new ScimException(400, "mutability", "Attribute 'id' is readOnly")));

    [Fact]
    public void Writes_errors_without_a_keyword() => ShouldBe(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": "Resource 2819c223 not found", "status": "404"}""",
        ScimErrors.Body(new ScimException(404, null, "Resource 2819c223 not found")));

    private static string Text(JsonNode? node) =>
        node is null ? "" : node.AsValue().TryGetValue<bool>(out var flag) ? flag.ToString() : node.GetValue<string>();

    private static void ShouldBe(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());
}
