using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Scim;

namespace ContactsService.Tests.Scim;

/// <summary>What Okta and Entra ID send, as they publish it or are known for it.</summary>
public class PatchUserByProviderTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    // developer.okta.com, SCIM protocol: how a user is deactivated.
    [Fact]
    public void Okta_deactivates() => ShouldBecome(
        """{"id": "23a35c27", "userName": "test.user@okta.local", "active": true}""",
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "value": {"active": false}}]}""",
        """{"id": "23a35c27", "userName": "test.user@okta.local", "active": false}""");

    [Fact]
    public void Okta_repeats_the_id() => ShouldBecome(
        """{"id": "23a35c27", "userName": "a"}""",
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "replace", "value": {"id": "23a35c27", "displayName": "A"}}]}
        """,
        """{"id": "23a35c27", "userName": "a", "displayName": "A"}""");

    // learn.microsoft.com, "Develop and plan provisioning for a SCIM endpoint": Update User [Multi-valued properties].
    [Fact]
    public void Entra_replaces_several_properties() => ShouldBecome(
        """{"userName": "a", "emails": [{"type": "work", "value": "old@x.org", "primary": true}], "name": {"familyName": "Old"}}""",
        """
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [
          {"op": "Replace", "path": "emails[type eq \"work\"].value", "value": "updatedEmail@microsoft.com"},
          {"op": "Replace", "path": "name.familyName", "value": "updatedFamilyName"}]}
        """,
        """
        {"userName": "a", "emails": [{"type": "work", "value": "updatedEmail@microsoft.com", "primary": true}],
         "name": {"familyName": "updatedFamilyName"}}
        """);

    // The same page: Disable User; and "known issues": booleans as strings.
    [Theory]
    [InlineData("false")]
    [InlineData("\"False\"")]
    public void Entra_deactivates(string flag) => ShouldBecome(
        """{"userName": "a", "active": true}""",
        $$"""
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "Replace", "path": "active", "value": {{flag}}}]}
        """,
        """{"userName": "a", "active": false}""");

    [Theory]
    [InlineData(
        "Add",
        """emails[type eq \"work\"].value""",
        "\"a@x.org\"",
        """{"userName": "a", "emails": [{"type": "work", "value": "a@x.org"}]}""")]
    [InlineData(
        "Replace",
        """emails[type eq \"work\"].value""",
        "\"a@x.org\"",
        """{"userName": "a", "emails": [{"type": "work", "value": "a@x.org"}]}""")]
    [InlineData(
        "Replace",
        """emails[type eq \"work\"].primary""",
        "\"True\"",
        """{"userName": "a", "emails": [{"type": "work", "primary": true}]}""")]
    [InlineData(
        "Add",
        """roles[primary eq \"True\"].value""",
        "\"Admin\"",
        """{"userName": "a", "roles": [{"primary": true, "value": "Admin"}]}""")]
    [InlineData(
        "Add",
        """addresses[type eq \"work\"].country""",
        "\"DE\"",
        """{"userName": "a", "addresses": [{"type": "work", "country": "DE"}]}""")]
    [InlineData("Replace", """phoneNumbers[type eq \"mobile\"].value""", "null", """{"userName": "a"}""")]
    [InlineData("Add", "emails.value", "\"a@x.org\"", """{"userName": "a", "emails": [{"value": "a@x.org"}]}""")]
    public void Entra_sets_parts_of_entries_that_are_not_there(string op, string path, string value, string after) => ShouldBecome(
        """{"userName": "a"}""",
        $$"""
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"op": "{{op}}", "path": "{{path}}", "value": {{value}}}]}
        """,
        after);

    [Fact]
    public void Entra_sends_paths_as_members() => ShouldBecome(
        """{"userName": "a", "name": {"givenName": "A"}}""",
        $$"""
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "Add", "value": {
          "name.familyName": "X",
          "emails[type eq \"work\"].value": "a@x.org",
          "{{Enterprise}}:department": "Y",
          "urn:ietf:params:scim:schemas:core:2.0:User:title": "T",
          "{{Enterprise}}": {"costCenter": "C", "manager": {"value": "m"} } } }]}
        """,
        $$"""
        {"userName": "a", "name": {"givenName": "A", "familyName": "X"}, "title": "T", "emails": [{"type": "work", "value": "a@x.org"}],
         "{{Enterprise}}": {"department": "Y", "costCenter": "C", "manager": {"value": "m"} } }
        """);

    [Theory]
    [InlineData("\"m\"", """{"manager": {"value": "m"}}""")]
    [InlineData("""{"value": "m"}""", """{"manager": {"value": "m"}}""")]
    [InlineData(
        """[{"value": "m", "$ref": "../Users/m", "displayName": "Max"}]""",
        """{"manager": {"value": "m", "$ref": "../Users/m", "displayName": "Max"}}""")]
    [InlineData("\"\"", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    public void Entra_sets_the_manager(string value, string? extension) => ShouldBecome(
        $$"""{"userName": "a", "{{Enterprise}}": {"manager": {"value": "old", "$ref": "../Users/old"} } }""",
        $$"""
        {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
         "Operations": [{"name": "x", "op": "Replace", "path": "{{Enterprise}}:manager", "value": {{value}}}]}
        """,
        extension is null ? """{"userName": "a"}""" : $$"""{"userName": "a", "{{Enterprise}}": {{extension}}}""");

    private static void ShouldBecome(string before, string request, string after)
    {
        var user = ScimPatch.Apply(JsonNode.Parse(before)!.AsObject(), JsonElement.Parse(request));

        var expected = JsonNode.Parse(after)!.AsObject();
        expected["schemas"] = expected.ContainsKey(Enterprise)
            ? new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User", Enterprise)
            : new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User");
        Assert.True(JsonNode.DeepEquals(expected, user), user.ToJsonString());
    }
}
