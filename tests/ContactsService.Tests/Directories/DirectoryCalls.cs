using System.Text.Json.Nodes;

namespace ContactsService.Tests.Directories;

/// <summary>What tests of the directory do again and again: admins provision, people take and read.</summary>
internal static class DirectoryCalls
{
    /// <summary>The member that every SCIM user begins with.</summary>
    public const string Schemas =
        "\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\","
        + "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\","
        + "\"urn:scim:schemas:extension:cisco:webexidentity:2.0:User\"]";

    /// <summary>A user of whom the directory knows everything that a contact can show.</summary>
    public const string Joe = """
        "userName":"joej","displayName":"Joe Johnson",
        "name":{"givenName":"Joe","familyName":"Johnson","middleName":"Jay","honorificPrefix":"Dr.","honorificSuffix":"III"},
        "nickName":"JJ","profileUrl":"https://people.example.com/joe","title":"Guide",
        "ims":[{"value":"joe@im.example.com","type":"xmpp","primary":true}],
        "emails":[{"value":"joe@example.com","type":"work","primary":true}],"phoneNumbers":[{"value":"+1 (555) 010-0199","type":"work"}],
        "addresses":[
            {"locality":"Dallas","type":"home"},
            {"streetAddress":"1 Main St","locality":"Austin","region":"TX","postalCode":"78701","country":"US","type":"work",
             "primary":true}],
        "photos":[{"value":"https://photos.example.com/joe","type":"photo"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{
            "employeeNumber":"E-1","organization":"Example","department":"Support","manager":{"value":"m-1","displayName":"Ada Boss"}},
        "urn:scim:schemas:extension:cisco:webexidentity:2.0:User":{
            "sipAddresses":[{"value":"joe@sip.example.com","type":"cloud-calling","primary":true}]}
        """;

    /// <summary>Adds another user of the same organization.</summary>
    public static Task<Person> ColleagueAsync(this Service service, Person person, string user = "ann", string role = "agent") =>
        service.PersonAsync(person.Organization, user, role);

    /// <summary>Adds a user with these members and gives the id.</summary>
    public static async Task<string> AddUserAsync(this Person admin, string members) =>
        (await admin.PostAsync("/scim/v2/Users", $$"""{{{Schemas}},{{members}}}""")).ShouldBe(201).Value("id");

    /// <summary>Adds a user who has just names.</summary>
    public static Task<string> AddNamedUserAsync(this Person admin, string userName, string displayName) =>
        admin.AddUserAsync($$"""
            "userName":"{{userName}}","displayName":"{{displayName}}"
            """);

    /// <summary>Adds a queue and gives the id.</summary>
    public static async Task<string> AddQueueAsync(this Person admin, string name, string? number = null) =>
        (await admin.PostAsync("/queues", number is null
            ? $$"""{"name":"{{name}}"}"""
            : $$"""{"name":"{{name}}","phoneNumber":"{{number}}"}""")).ShouldBe(201).Value("queueId");

    /// <summary>Sets an attribute of a user (RFC 7644, 3.5.2).</summary>
    public static async Task SetAsync(this Person admin, string id, string path, string value) =>
        (await admin.SendAsync(
            HttpMethod.Patch,
            $"/scim/v2/Users/{id}",
            $$"""
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
             "Operations":[{"op":"replace","path":"{{path}}","value":{{value}}}]}
            """,
            [],
            "application/scim+json")).ShouldBe(200);

    public static Task RenameAsync(this Person admin, string id, string name) => admin.SetAsync(id, "displayName", $"\"{name}\"");

    public static Task DeactivateAsync(this Person admin, string id) => admin.SetAsync(id, "active", "false");

    public static Task ReactivateAsync(this Person admin, string id) => admin.SetAsync(id, "active", "true");

    public static async Task DeleteUserAsync(this Person admin, string id) =>
        (await admin.DeleteAsync($"/scim/v2/Users/{id}")).ShouldBe(204);

    public static async Task DeleteQueueAsync(this Person admin, string id) => (await admin.DeleteAsync($"/queues/{id}")).ShouldBe(204);

    /// <summary>Adds a directory entry to the own book.</summary>
    public static async Task<Reply> TakeAsync(this Person person, string id, string members = "") =>
        (await person.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{id}}"{{members}}}""")).ShouldBe(201);

    /// <summary>Adds a CUSTOM contact of the organization and gives its id.</summary>
    public static async Task<string> AddSharedAsync(this Person admin, string name, string members = "") =>
        (await admin.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"{{name}}","ownerId":"{{admin.Organization}}"{{members}}}"""))
            .ShouldBe(201).Value("contactId");

    /// <summary>The names of a list, in its order.</summary>
    public static async Task<string> NamesAsync(this Person person, string query = "") =>
        string.Join('|', (await person.GetAsync($"/contacts{query}")).ShouldBe(200).Values("contacts", "displayName"));

    /// <summary>All pages of a list; between two of them, what is given here happens.</summary>
    public static async Task<List<JsonNode>> PagesAsync(
        this Person person, int pageSize, string query = "", Func<int, Task>? between = null)
    {
        var contacts = new List<JsonNode>();
        var path = $"/contacts?pageSize={pageSize}{query}";
        for (var page = 1; ; page++)
        {
            var reply = (await person.GetAsync(path)).ShouldBe(200);
            contacts.AddRange(reply["contacts"]!.AsArray().Select(contact => contact!));
            if (reply["nextPageToken"] is not { } token)
            {
                return contacts;
            }

            await (between?.Invoke(page) ?? Task.CompletedTask);
            path = $"/contacts?pageSize={pageSize}{query}&pageToken={Uri.EscapeDataString(token.GetValue<string>())}";
        }
    }

    /// <summary>A text of each entry, in their order.</summary>
    public static string Texts(this IEnumerable<JsonNode> contacts, string member) =>
        string.Join('|', contacts.Select(contact => contact[member]!.GetValue<string>()));

    /// <summary>Requires these members, besides meta, and no others.</summary>
    public static void ShouldShow(this Reply reply, string json)
    {
        var shown = reply.ShouldBe(200).Json.AsObject();
        Assert.True(shown.Remove("meta"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), shown), $"Expected {json}, got {shown.ToJsonString()}");
    }
}
