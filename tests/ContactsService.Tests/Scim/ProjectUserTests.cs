using System.Text.Json.Nodes;
using ContactsService.Scim;

namespace ContactsService.Tests.Scim;

public class ProjectUserTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private const string User = """
        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "1", "userName": "b", "active": true,
         "name": {"familyName": "Jensen", "givenName": "Barbara"},
         "emails": [{"value": "a@x.org", "type": "work"}, {"display": "A"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "D", "manager": {"value": "m", "$ref": "r"} },
         "meta": {"resourceType": "User", "version": "W/\"1\""} }
        """;

    private const string Always = "\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"id\": \"1\"";

    [Theory]
    [InlineData("userName", "\"userName\": \"b\"")]
    [InlineData("USERNAME, active", "\"userName\": \"b\", \"active\": true")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName", "\"userName\": \"b\"")]
    [InlineData("name.familyName", "\"name\": {\"familyName\": \"Jensen\"}")]
    [InlineData("name.familyName,name", "\"name\": {\"familyName\": \"Jensen\", \"givenName\": \"Barbara\"}")]
    [InlineData("emails.value", "\"emails\": [{\"value\": \"a@x.org\"}]")]
    [InlineData("meta.version", "\"meta\": {\"version\": \"W/\\\"1\\\"\"}")]
    [InlineData(Enterprise + ":department", "\"" + Enterprise + "\": {\"department\": \"D\"}")]
    [InlineData(Enterprise + ":manager.value", "\"" + Enterprise + "\": {\"manager\": {\"value\": \"m\"}}")]
    [InlineData(Enterprise, "\"" + Enterprise + "\": {\"department\": \"D\", \"manager\": {\"value\": \"m\", \"$ref\": \"r\"}}")]
    [InlineData("title", null)]
    [InlineData("id", null)]
    [InlineData("password", null)]
    public void Shows_the_requested_attributes(string attributes, string? members) =>
        ShouldShow(ScimProjection.Parse(attributes, null), members is null ? $"{{{Always}}}" : $"{{{Always}, {members}}}");

    [Theory]
    [InlineData("userName,active,name,emails,meta,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", null)]
    [InlineData("userName,active,name,emails,meta,id,schemas,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", null)]
    [InlineData(
        "urn:ietf:params:scim:schemas:core:2.0:User,meta.version,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\": {\"department\": \"D\"}, \"meta\": {\"resourceType\": \"User\"}")]
    [InlineData(
        "userName,active,name.givenName,emails.display,meta,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "\"name\": {\"familyName\": \"Jensen\"}, \"emails\": [{\"value\": \"a@x.org\", \"type\": \"work\"}]")]
    public void Hides_the_excluded_attributes(string excluded, string? members) =>
        ShouldShow(ScimProjection.Parse(null, excluded), members is null ? $"{{{Always}}}" : $"{{{Always}, {members}}}");

    [Fact]
    public void Shows_all_attributes_by_default() => ShouldShow(ScimProjection.Parse(null, ""), User);

    [Theory]
    [InlineData("userName,shoeSize", null, "invalidPath", "There is no attribute 'shoeSize'.")]
    [InlineData(null, "name.nick", "invalidPath", "There is no attribute 'name.nick'.")]
    [InlineData("urn:example:User", null, "invalidPath", "There is no attribute 'urn:example:User'.")]
    [InlineData("userName", "name", "invalidValue", "Send either attributes or excludedAttributes, not both.")]
    public void Refuses_unknown_names(string? attributes, string? excluded, string scimType, string detail)
    {
        var refusal = Assert.Throws<ScimException>(() => ScimProjection.Parse(attributes, excluded));

        Assert.Equal((400, scimType, detail), (refusal.Status, refusal.ScimType, refusal.Message));
    }

    private static void ShouldShow(ScimProjection projection, string expected)
    {
        var shown = projection.Apply(JsonNode.Parse(User)!.AsObject());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), shown), shown.ToJsonString());
    }
}
