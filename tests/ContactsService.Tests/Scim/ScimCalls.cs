using System.Text.Json.Nodes;

namespace ContactsService.Tests.Scim;

/// <summary>SCIM requests, as a provisioning client sends them.</summary>
internal static class ScimCalls
{
    public const string Users = "/scim/v2/Users";
    public const string Core = "urn:ietf:params:scim:schemas:core:2.0:User";
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    public const string WebexIdentity = "urn:scim:schemas:extension:cisco:webexidentity:2.0:User";

    private const string MediaType = "application/scim+json";

    /// <summary>Sends a resource or message.</summary>
    public static Task<Reply> ScimAsync(
        this Person person, string method, string path, string? json = null, params (string Name, string Value)[] headers) =>
        person.SendAsync(new HttpMethod(method), path, json, headers, MediaType);

    /// <summary>A user with this name, and whatever members stand behind it, such as <c>"title": "Boss"</c>.</summary>
    public static string User(string userName, string more = "") =>
        $$"""{"schemas": ["{{Core}}"], "userName": "{{userName}}"{{(more.Length == 0 ? "" : $", {more}")}}}""";

    /// <summary>Adds a user and gives the answer.</summary>
    public static async Task<Reply> AddUserAsync(this Person admin, string userName, string more = "") =>
        (await admin.ScimAsync("POST", Users, User(userName, more))).ShouldBe(201);

    /// <summary>Adds a user and gives the id.</summary>
    public static async Task<string> AddUserIdAsync(this Person admin, string userName, string more = "") =>
        (await admin.AddUserAsync(userName, more)).Value("id");

    /// <summary>One operation of a PATCH, as JSON.</summary>
    public static string Patch(string operation) =>
        $$"""{"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{{operation}}]}""";

    /// <summary>Asks for the users that a filter finds.</summary>
    public static Task<Reply> FilterAsync(this Person person, string filter, string more = "") =>
        person.GetAsync($"{Users}?filter={Uri.EscapeDataString(filter)}{more}");

    /// <summary>The names of the users in a list, in their order.</summary>
    public static string UserNames(this Reply list) => string.Join(' ', list.ShouldBe(200).Values("Resources", "userName"));

    /// <summary>The names of the contacts that a caller sees, in their order.</summary>
    public static async Task<string> ContactNamesAsync(this Person person) =>
        string.Join(' ', (await person.GetAsync("/contacts")).ShouldBe(200).Values("contacts", "displayName"));

    /// <summary>How many there are altogether.</summary>
    public static int Total(this Reply list) => list.ShouldBe(200)["totalResults"]!.GetValue<int>();

    /// <summary>Requires an error of RFC 7644, 3.12, whose detail holds the text.</summary>
    public static Reply ShouldBeScimError(this Reply reply, int status, string? scimType = null, string detail = "")
    {
        reply.ShouldBe(status);
        Assert.StartsWith(MediaType, reply.Headers["Content-Type"], StringComparison.Ordinal);
        ShouldBeScimError(reply.Json, status, scimType, detail);
        return reply;
    }

    /// <summary>The same, of an error within a bulk response.</summary>
    public static void ShouldBeScimError(this JsonNode? body, int status, string? scimType = null, string detail = "")
    {
        Assert.Equal("""["urn:ietf:params:scim:api:messages:2.0:Error"]""", body!["schemas"]!.ToJsonString());
        Assert.Equal($"{status}", body["status"]!.GetValue<string>());
        Assert.True(body["scimType"]?.GetValue<string>() == scimType, body.ToJsonString());
        Assert.Contains(detail, body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>Requires that the members of <paramref name="expected"/> are there as they are written; others may be there, too.</summary>
    public static Reply ShouldHold(this Reply reply, string expected)
    {
        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(value, reply[name]), $"{name}: {reply.Text}");
        }

        return reply;
    }
}
