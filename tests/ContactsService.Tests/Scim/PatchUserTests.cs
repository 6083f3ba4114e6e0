using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Scim;

namespace ContactsService.Tests.Scim;

/// <summary>RFC 7644, 3.5.2; its examples that change groups are done to emails here, as there are no groups.</summary>
public class PatchUserTests
{
    private const string Core = "\"urn:ietf:params:scim:schemas:core:2.0:User\"";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private const string Babs = """
        "id": "2819c223", "userName": "bjensen", "name": {"familyName": "Jensen", "givenName": "Barbara"},
        "emails": [{"value": "babs@jensen.org", "type": "home"}, {"value": "bjensen@example.com", "type": "work", "primary": true}],
        "addresses": [{"type": "home", "locality": "Hollywood"},
          {"type": "work", "streetAddress": "100 Universal City Plaza", "locality": "Hollywood"}]
        """;

    // 3.5.2.1, first example: a value to a list.
    [Fact]
    public void Adds_to_a_list() => ShouldBecome(
        """{"userName": "b", "emails": [{"value": "a@x.org"}]}""",
        """{"op": "add", "path": "emails", "value": [{"display": "Babs Jensen", "value": "b@x.org"}]}""",
        """{"userName": "b", "emails": [{"value": "a@x.org"}, {"display": "Babs Jensen", "value": "b@x.org"}]}""");

    // 3.5.2.1, second example: without a path.
    [Fact]
    public void Adds_to_the_resource() => ShouldBecome(
        """{"userName": "b"}""",
        """{"op": "add", "value": {"emails": [{"value": "babs@jensen.org", "type": "home"}], "nickname": "Babs"}}""",
        """{"userName": "b", "emails": [{"value": "babs@jensen.org", "type": "home"}], "nickName": "Babs"}""");

    // 3.5.2.1: what is there already is not there twice.
    [Theory]
    [InlineData("""[{"value": "A@x.org", "type": "work"}]""", """[{"value": "A@x.org", "type": "work"}]""")]
    [InlineData("""{"value": "a@x.org"}""", """[{"value": "a@x.org", "type": "work"}]""")]
    [InlineData("""[{"value": "a@x.org", "type": "WORK", "display": "A"}]""", """[{"value": "a@x.org", "type": "WORK", "display": "A"}]""")]
    [InlineData(
        """[{"value": "a@x.org", "type": "home"}]""", """[{"value": "a@x.org", "type": "work"}, {"value": "a@x.org", "type": "home"}]""")]
    [InlineData("[]", """[{"value": "a@x.org", "type": "work"}]""")]
    [InlineData("null", """[{"value": "a@x.org", "type": "work"}]""")]
    public void Does_not_add_duplicates(string value, string emails) => ShouldBecome(
        """{"userName": "b", "emails": [{"value": "a@x.org", "type": "work"}]}""",
        $$"""{"op": "add", "path": "emails", "value": {{value}}}""",
        $$"""{"userName": "b", "emails": {{emails}}}""");

    [Fact]
    public void Adds_an_address_once() => ShouldBecome(
        """{"userName": "b", "addresses": [{"type": "work", "locality": "Bonn"}]}""",
        """{"op": "add", "path": "addresses", "value": [{"locality": "Bonn", "type": "work"}, {"locality": "Ulm"}]}""",
        """{"userName": "b", "addresses": [{"type": "work", "locality": "Bonn"}, {"locality": "Ulm"}]}""");

    [Theory]
    [InlineData("""{"op": "add", "path": "emails", "value": {"value": "c@x.org", "primary": true}}""")]
    [InlineData("""
        {"op": "add", "path": "emails", "value": [{"value": "a@x.org", "primary": true}]},
        {"op": "add", "value": {"emails": [{"value": "c@x.org", "primary": "True"}]}}
        """)]
    [InlineData("""{"op": "add", "path": "emails[value eq \"c@x.org\"].primary", "value": true}""")]
    public void Unsets_primary_of_the_others(string operation) => ShouldBecome(
        """{"userName": "b", "emails": [{"value": "a@x.org", "primary": true}]}""",
        operation,
        """{"userName": "b", "emails": [{"value": "a@x.org", "primary": false}, {"value": "c@x.org", "primary": true}]}""");

    // 3.5.2.2, first example and on.
    [Theory]
    [InlineData("""{"op": "remove", "path": "emails"}""", "null")]
    [InlineData("""{"op": "remove", "path": "emails", "value": null}""", "null")]
    [InlineData(
        """{"op": "remove", "path": "emails[value eq \"a@x.org\"]"}""", """[{"value": "b@x.org", "type": "work", "display": "B"}]""")]
    [InlineData(
        """{"op": "remove", "path": "emails[type eq \"work\" and value ew \"x.org\"]"}""", """[{"value": "a@x.org", "type": "home"}]""")]
    [InlineData("""{"op": "remove", "path": "emails[value pr]"}""", "null")]
    [InlineData(
        """{"op": "remove", "path": "emails[type eq \"work\"].display"}""",
        """[{"value": "a@x.org", "type": "home"}, {"value": "b@x.org", "type": "work"}]""")]
    [InlineData("""{"op": "remove", "path": "emails.type"}""", """[{"value": "a@x.org"}, {"value": "b@x.org", "display": "B"}]""")]
    [InlineData(
        """{"op": "remove", "path": "emails", "value": [{"value": "A@X.ORG"}]}""",
        """[{"value": "b@x.org", "type": "work", "display": "B"}]""")]
    [InlineData(
        """{"op": "remove", "path": "emails", "value": {"value": "a@x.org", "type": "work"}}""",
        """[{"value": "a@x.org", "type": "home"}, {"value": "b@x.org", "type": "work", "display": "B"}]""")]
    [InlineData(
        """{"op": "remove", "path": "emails", "value": []}""",
        """[{"value": "a@x.org", "type": "home"}, {"value": "b@x.org", "type": "work", "display": "B"}]""")]
    public void Removes_from_a_list(string operation, string emails) => ShouldBecome(
        """{"userName": "b", "emails": [{"value": "a@x.org", "type": "home"}, {"value": "b@x.org", "type": "work", "display": "B"}]}""",
        operation,
        emails == "null" ? """{"userName": "b"}""" : $$"""{"userName": "b", "emails": {{emails}}}""");

    [Theory]
    [InlineData("name.familyName", """{"userName": "b", "name": {"givenName": "Barbara"}, "title": "T"}""")]
    [InlineData("name", """{"userName": "b", "title": "T"}""")]
    [InlineData("title", """{"userName": "b", "name": {"familyName": "Jensen", "givenName": "Barbara"}}""")]
    [InlineData("locale", """{"userName": "b", "name": {"familyName": "Jensen", "givenName": "Barbara"}, "title": "T"}""")]
    [InlineData("name.middleName", """{"userName": "b", "name": {"familyName": "Jensen", "givenName": "Barbara"}, "title": "T"}""")]
    [InlineData("photos", """{"userName": "b", "name": {"familyName": "Jensen", "givenName": "Barbara"}, "title": "T"}""")]
    public void Removes_single_values(string path, string expected) => ShouldBecome(
        """{"userName": "b", "name": {"familyName": "Jensen", "givenName": "Barbara"}, "title": "T"}""",
        $$"""{"op": "remove", "path": "{{path}}"}""",
        expected);

    // 3.5.2.2, last example: take away and add in one request.
    [Fact]
    public void Applies_operations_in_order() => ShouldBecome(
        """{"userName": "b", "emails": [{"value": "a@x.org"}]}""",
        """
        {"op": "remove", "path": "emails[value eq \"a@x.org\"]"},
        {"op": "add", "path": "emails", "value": [{"value": "j@x.org", "display": "James"}]}
        """,
        """{"userName": "b", "emails": [{"value": "j@x.org", "display": "James"}]}""");

    // 3.5.2.3, first example.
    [Fact]
    public void Replaces_a_list() => ShouldBecome(
        """{"userName": "b", "emails": [{"value": "a@x.org"}]}""",
        """
        {"op": "replace", "path": "emails", "value": [{"display": "Babs", "value": "b@x.org"}, {"display": "James", "value": "j@x.org"}]}
        """,
        """{"userName": "b", "emails": [{"display": "Babs", "value": "b@x.org"}, {"display": "James", "value": "j@x.org"}]}""");

    // 3.5.2.3, second example: the chosen entry, all of it.
    [Fact]
    public void Replaces_an_entry() => ShouldBecome(
        $$"""{{{Babs}}}""",
        """
        {"op": "replace", "path": "addresses[type eq \"work\"]", "value": {
          "type": "work", "streetAddress": "911 Universal City Plaza", "region": "CA",
          "postalCode": "91608", "country": "US", "primary": true}}
        """,
        "{" + Babs.Replace(
            """{"type": "work", "streetAddress": "100 Universal City Plaza", "locality": "Hollywood"}""",
            """
            {"type": "work", "streetAddress": "911 Universal City Plaza", "region": "CA",
             "postalCode": "91608", "country": "US", "primary": true}
            """,
            StringComparison.Ordinal) + "}");

    // 3.5.2.3, third example: a part of the chosen entry.
    [Fact]
    public void Replaces_a_part_of_an_entry() => ShouldBecome(
        $$"""{{{Babs}}}""",
        """{"op": "replace", "path": "addresses[type eq \"work\"].streetAddress", "value": "1010 Broadway Ave"}""",
        $$"""{{{Babs.Replace("100 Universal City Plaza", "1010 Broadway Ave", StringComparison.Ordinal)}}}""");

    // 3.5.2.3, last example: without a path, lists as a whole.
    [Fact]
    public void Replaces_in_the_resource() => ShouldBecome(
        """{"userName": "b", "title": "T", "emails": [{"value": "a@x.org"}]}""",
        """
        {"op": "replace", "value": {
          "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true}, {"value": "babs@jensen.org", "type": "home"}],
          "nickname": "Babs"}}
        """,
        """
        {"userName": "b", "title": "T", "emails": [{"value": "bjensen@example.com", "type": "work", "primary": true},
         {"value": "babs@jensen.org", "type": "home"}], "nickName": "Babs"}
        """);

    [Theory]
    [InlineData(
        """{"op": "replace", "path": "name", "value": {"familyName": "Smith"}}""", """{"familyName": "Smith", "givenName": "Barbara"}""")]
    [InlineData(
        """{"op": "add", "path": "name", "value": {"middleName": "Jane"}}""",
        """{"familyName": "Jensen", "givenName": "Barbara", "middleName": "Jane"}""")]
    [InlineData("""{"op": "replace", "path": "name.givenName", "value": "Babs"}""", """{"familyName": "Jensen", "givenName": "Babs"}""")]
    [InlineData("""{"op": "replace", "path": "name.givenName", "value": null}""", """{"familyName": "Jensen"}""")]
    [InlineData("""{"op": "replace", "path": "name", "value": null}""", null)]
    public void Replaces_the_given_parts_of_a_name(string operation, string? name) => ShouldBecome(
        """{"userName": "b", "name": {"familyName": "Jensen", "givenName": "Barbara"}}""",
        operation,
        name is null ? """{"userName": "b"}""" : $$"""{"userName": "b", "name": {{name}}}""");

    [Fact]
    public void Keeps_schemas_in_line_with_what_is_there()
    {
        var user = Patch("""{"userName": "b"}""", $$"""{"op": "add", "path": "{{Enterprise}}:department", "value": "D"}""");
        Assert.Equal($$"""["urn:ietf:params:scim:schemas:core:2.0:User","{{Enterprise}}"]""", user["schemas"]!.ToJsonString());

        user = Patch(user.ToJsonString(), $$"""{"op": "remove", "path": "{{Enterprise}}:department"}""");
        Assert.Equal($$"""{"schemas":[{{Core}}],"userName":"b"}""", user.ToJsonString());

        user = Patch($$"""{"userName": "b", "{{Enterprise}}": {"division": "V"} }""", $$"""{"op": "remove", "path": "{{Enterprise}}"}""");
        Assert.Equal($$"""{"schemas":[{{Core}}],"userName":"b"}""", user.ToJsonString());
    }

    [Fact]
    public void Does_not_store_passwords() =>
        ShouldBecome("""{"userName": "b"}""", """{"op": "replace", "path": "password", "value": "s3cret"}""", """{"userName": "b"}""");

    [Theory]
    [InlineData("""{"op": "add", "path": "members", "value": [{"value": "x"}]}""", "invalidPath", "There is no attribute 'members'.")]
    [InlineData("""{"op": "replace", "value": {"shoeSize": "9"}}""", "invalidPath", "There is no attribute 'shoeSize'.")]
    [InlineData("""{"op": "remove", "path": "shoeSize"}""", "invalidPath", "There is no attribute 'shoeSize'.")]
    [InlineData("""{"op": "remove"}""", "noTarget", "A remove operation needs a path.")]
    [InlineData("""{"op": "remove", "path": "emails[type eq \"fax\"]"}""", "noTarget", "No entry of emails matches the path's filter.")]
    [InlineData("""{"op": "remove", "path": "ims[type eq \"fax\"].value"}""", "noTarget", "No entry of ims matches the path's filter.")]
    [InlineData(
        """{"op": "replace", "path": "emails[type eq \"fax\"]", "value": {"value": "x"}}""",
        "noTarget",
        "No entry of emails matches the path's filter.")]
    [InlineData(
        """{"op": "replace", "path": "emails[type co \"fax\"].value", "value": "x"}""",
        "noTarget",
        "No entry of emails matches the path's filter.")]
    [InlineData(
        """{"op": "add", "path": "emails[not (type pr)].value", "value": "x"}""",
        "noTarget",
        "No entry of emails matches the path's filter.")]
    [InlineData("""{"op": "add", "path": "title"}""", "invalidValue", "An add or replace operation needs a value.")]
    [InlineData("""{"op": "add", "value": "x"}""", "invalidValue", "The value for the resource must be an object of attributes.")]
    [InlineData("""{"op": "replace", "path": "title", "value": 5}""", "invalidValue", "title must be a string.")]
    [InlineData("""{"op": "replace", "path": "active", "value": "yes"}""", "invalidValue", "active must be true or false.")]
    [InlineData("""{"op": "replace", "path": "emails", "value": "a@x.org"}""", "invalidValue", "emails must be a list.")]
    [InlineData("""{"op": "replace", "path": "emails", "value": ["a@x.org"]}""", "invalidValue", "The values of emails must be objects.")]
    [InlineData(
        """{"op": "add", "value": {"emails": [{"value": "b@x.org", "primary": true}, {"value": "c@x.org", "primary": "True"}]}}""",
        "invalidValue",
        "At most one entry of emails may be primary.")]
    [InlineData("""{"op": "replace", "path": "name", "value": "Babs"}""", "invalidValue", "The values of name must be objects.")]
    [InlineData("""{"op": "replace", "path": "name", "value": {"nick": "Babs"}}""", "invalidSyntax", "name has no sub-attribute 'nick'.")]
    [InlineData(
        """{"op": "add", "path": "emails[type eq \"work\"]", "value": [{"value": "x"}, {"value": "y"}]}""",
        "invalidValue",
        "The value for the selected entries of emails must be one object.")]
    [InlineData("""{"op": "replace", "path": "userName", "value": ""}""", "invalidValue", "userName is required.")]
    [InlineData("""{"op": "replace", "path": "userName", "value": null}""", "invalidValue", "userName is required.")]
    [InlineData("""{"op": "remove", "path": "userName"}""", "mutability", "userName is required.")]
    [InlineData("""{"op": "remove", "path": "schemas"}""", "mutability", "schemas is required.")]
    [InlineData("""{"op": "replace", "path": "id", "value": "x"}""", "mutability", "id is read-only.")]
    [InlineData("""{"op": "remove", "path": "id"}""", "mutability", "id is read-only.")]
    [InlineData("""{"op": "replace", "value": {"id": "another"}}""", "mutability", "id is read-only.")]
    [InlineData(
        """{"op": "replace", "path": "meta.created", "value": "2011-05-13T04:42:34Z"}""", "mutability", "meta.created is read-only.")]
    [InlineData("""{"op": "add", "path": "groups", "value": [{"value": "x"}]}""", "mutability", "groups is read-only.")]
    [InlineData("""{"op": "add", "path": "schemas", "value": ["urn:example"]}""", "invalidSyntax", "There is no schema 'urn:example'.")]
    [InlineData(
        """{"op": "move", "path": "title", "value": "x"}""", "invalidSyntax", "The op of an operation must be add, replace or remove.")]
    [InlineData("""{"path": "title", "value": "x"}""", "invalidSyntax", "The op of an operation must be add, replace or remove.")]
    [InlineData("""{"op": "add", "path": 5, "value": "x"}""", "invalidSyntax", "The path of an operation must be a string.")]
    [InlineData("5", "invalidSyntax", "An operation must be an object.")]
    public void Refuses_invalid_operations(string operation, string scimType, string detail) =>
        ShouldRefuse(
            """{"id": "2819c223", "userName": "b", "emails": [{"value": "a@x.org", "type": "work"}]}""", operation, scimType, detail);

    [Theory]
    [InlineData("[]", "The body must be an object whose schemas contain urn:ietf:params:scim:api:messages:2.0:PatchOp.")]
    [InlineData(
        """{"Operations": [{"op": "remove", "path": "title"}]}""",
        "The body must be an object whose schemas contain urn:ietf:params:scim:api:messages:2.0:PatchOp.")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]}""", "Operations must be a list with at least one operation.")]
    [InlineData(
        """{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": []}""",
        "Operations must be a list with at least one operation.")]
    public void Refuses_other_messages(string request, string detail)
    {
        var refusal = Assert.Throws<ScimException>(() => ScimPatch.Apply([], JsonElement.Parse(request)));

        Assert.Equal((400, "invalidSyntax", detail), (refusal.Status, refusal.ScimType, refusal.Message));
    }

    [Fact]
    public void Changes_nothing_when_one_operation_fails() => ShouldRefuse(
        """{"userName": "b", "title": "T"}""",
        """{"op": "replace", "path": "title", "value": "New"}, {"op": "remove", "path": "shoeSize"}""",
        "invalidPath",
        "There is no attribute 'shoeSize'.");

    [Fact]
    public void Refuses_the_101st_entry()
    {
        var emails = string.Join(',', Enumerable.Range(0, 100).Select(i => $$"""{"value": "{{i}}@x.org"}"""));

        ShouldRefuse(
            $$"""{"userName": "b", "emails": [{{emails}}]}""",
            """{"op": "add", "path": "emails", "value": {"value": "one@x.org"}}""",
            "invalidValue",
            "emails may have at most 100 entries.");
    }

    // What PATCH leaves could have been sent by PUT: both keep the same rules, whatever the operations.
    [Fact]
    public void Leaves_a_user_that_could_have_been_sent()
    {
        string[] ops = ["add", "Replace", "remove"];
        string[] paths =
        [
            "emails",
            "emails.value",
            "emails.primary",
            "emails[type eq \\\"work\\\"]",
            "emails[type eq \\\"home\\\"].value",
            "emails[primary eq true].primary",
            "emails[value pr].type",
            "name",
            "name.givenName",
            "title",
            "active",
            "addresses",
            "addresses[type eq \\\"work\\\"].locality",
            "userName",
            $"{Enterprise}:manager",
            $"{Enterprise}:manager.value",
            Enterprise,
            $"{Enterprise}:department",
            "urn:scim:schemas:extension:cisco:webexidentity:2.0:User:sipAddresses",
            "schemas",
            "groups",
            "x509Certificates",
            "password",
        ];
        string[] values =
        [
            "null",
            "\"\"",
            "\"x\"",
            "\"True\"",
            "false",
            "5",
            "[]",
            "{}",
            "[{}]",
            "{\"value\": \"a\"}",
            "[{\"value\": \"a\", \"type\": \"work\"}, {\"value\": \"b\", \"primary\": true}]",
            "{\"value\": \"b\", \"type\": \"home\", \"primary\": \"true\"}",
            "{\"givenName\": \"G\", \"familyName\": null}",
            "[{\"locality\": \"L\", \"type\": \"work\"}]",
            "{\"department\": \"D\", \"manager\": \"m\"}",
            "{\"emails\": [{\"value\": \"c\"}], \"title\": null}",
            "[\"urn:ietf:params:scim:schemas:core:2.0:User\"]",
        ];
        var random = new Random(7643);
        var user = JsonNode.Parse($$"""{{{Babs}}}""")!.AsObject();
        var changes = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var path = random.Next(8) == 0 ? "" : $"\"path\": \"{random.GetItems(paths, 1)[0]}\", ";
            var operation = $"{{\"op\": \"{random.GetItems(ops, 1)[0]}\", {path}\"value\": {random.GetItems(values, 1)[0]}}}";
            try
            {
                user = Patch(user.ToJsonString(), operation);
                changes++;
            }
            catch (ScimException refusal)
            {
                Assert.NotNull(refusal.ScimType);
                continue;
            }

            var sent = ScimUserJson.Read(JsonElement.Parse(user.ToJsonString()));
            sent["id"] = "2819c223";
            Assert.True(JsonNode.DeepEquals(sent, user), $"{operation} left {user.ToJsonString()}");
        }

        Assert.InRange(changes, 3_000, 19_000);
    }

    private static void ShouldBecome(string before, string operations, string after)
    {
        var expected = JsonNode.Parse(after)!.AsObject();
        expected["schemas"] = JsonNode.Parse($"[{Core}]");
        var user = Patch(before, operations);
        Assert.True(JsonNode.DeepEquals(expected, user), user.ToJsonString());
    }

    private static void ShouldRefuse(string before, string operations, string scimType, string detail)
    {
        var user = JsonNode.Parse(before)!.AsObject();
        var refusal = Assert.Throws<ScimException>(() => ScimPatch.Apply(user, Request(operations)));
        Assert.Equal((400, scimType, detail), (refusal.Status, refusal.ScimType, refusal.Message));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(before), user));
    }

    private static JsonObject Patch(string before, string operations) =>
        ScimPatch.Apply(JsonNode.Parse(before)!.AsObject(), Request(operations));

    private static JsonElement Request(string operations) =>
        JsonElement.Parse($$"""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{{operations}}]}""");
}
