using System.Globalization;
using System.Text.Json.Nodes;
using ContactsService.Contacts;
using ContactsService.Directory;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Scim;

/// <summary>A user of the directory: the resource, and what the columns say of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Resource">Without <c>meta</c>.</param>
/// <param name="Bytes">The length of the resource as it is stored.</param>
/// <param name="Version">The revision of the book that last changed it.</param>
/// <param name="Created">UTC.</param>
/// <param name="LastModified">UTC.</param>
internal sealed record ScimUser(string Id, JsonObject Resource, int Bytes, long Version, DateTime Created, DateTime LastModified)
{
    /// <summary>The columns that <see cref="Read"/> expects, from the alias <c>u</c>.</summary>
    public const string Columns = "u.user_id, u.resource::text, u.version, u.created, u.last_modified";

    /// <summary>How many they are: what a query adds stands behind them.</summary>
    public const int ColumnCount = 5;

    // The database keeps members by the length of their names.
    private static readonly string[] First = ["schemas", "id", "externalId", "userName"];

    /// <summary>Weak, as SCIM has it: the same user may be spelt in more than one way (RFC 7644, 3.14).</summary>
    public string ETag => ETagOf(Version);

    /// <summary>The ETag of a version.</summary>
    public static string ETagOf(long version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    /// <summary>Reads a row.</summary>
    public static ScimUser Read(NpgsqlDataReader row)
    {
        var resource = row.GetFieldValue<byte[]>(1);
        return new(
            row.GetString(0),
            JsonNode.Parse(resource)!.AsObject(),
            resource.Length,
            row.GetInt64(2),
            row.GetDateTime(3),
            row.GetDateTime(4));
    }

    /// <summary>The resource as clients read it.</summary>
    /// <param name="baseUrl">The base address of the API.</param>
    public JsonObject ToJson(string baseUrl)
    {
        var json = new JsonObject(
            Resource.OrderBy(member => Array.IndexOf(First, member.Key) is >= 0 and var place ? place : First.Length)
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        json["meta"] = new JsonObject
        {
            ["resourceType"] = "User",
            ["created"] = Timestamps.Text(Created),
            ["lastModified"] = Timestamps.Text(LastModified),
            ["version"] = ETag,
            ["location"] = Location(baseUrl),
        };
        return json;
    }

    /// <summary>Where the user is.</summary>
    public string Location(string baseUrl) => LocationOf(Id, baseUrl);

    /// <summary>Where a user is.</summary>
    public static string LocationOf(string id, string baseUrl) => $"{baseUrl}/Users/{id}";

    /// <summary>The user as a contact of the organization.</summary>
    public static ContactDraft ToDraft(JsonObject user)
    {
        var enterprise = user[ScimExtensionSchemas.Enterprise.Urn];
        var draft = new ContactDraft
        {
            ContactType = "CLOUD",
            Type = "User",
            DisplayName = DisplayName(user),
            UserName = Text(user, "userName"),
            EmployeeId = Text(enterprise, "employeeNumber"),
            FirstName = Text(user["name"], "givenName"),
            LastName = Text(user["name"], "familyName"),
            MiddleName = Text(user["name"], "middleName"),
            NamePrefix = Text(user["name"], "honorificPrefix"),
            NameSuffix = Text(user["name"], "honorificSuffix"),
            Nickname = Text(user, "nickName"),
            Title = Text(user, "title"),
            CompanyName = Text(enterprise, "organization"),
            Department = Text(enterprise, "department"),
            Manager = Text(enterprise?["manager"], "displayName"),
            AvatarURL = Text(Preferred(user["photos"]), "value"),
            Emails = Points(user["emails"]),
            PhoneNumbers = Points(user["phoneNumbers"]),
            SipAddresses = Points(user[ScimExtensionSchemas.WebexIdentity.Urn]?["sipAddresses"]),
            InstantMessages = Points(user["ims"]),
            Urls = Text(user, "profileUrl") is { } page ? [new() { Type = "profile", Value = page }] : null,
            Addresses = Addresses(user["addresses"]),
        };
        return user["active"]?.GetValue<bool>() == false ? DirectoryEntry.Departed(draft) : draft;
    }

    // RFC 7643, 4.1.1: the name to be shown, else what is nearest to it.
    private static string DisplayName(JsonObject user) =>
        Filled(user, "displayName") ?? Filled(user["name"], "formatted") ?? FullName(user["name"]) ?? Text(user, "userName")!;

    private static string? FullName(JsonNode? name)
    {
        var parts = new[] { Filled(name, "givenName"), Filled(name, "familyName") }.OfType<string>().ToList();
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    private static List<ContactAddress>? Addresses(JsonNode? list) => (list as JsonArray)?
        .Select(address => new ContactAddress
        {
            Type = Text(address, "type"),
            Street = Text(address, "streetAddress"),
            City = Text(address, "locality"),
            State = Text(address, "region"),
            ZipCode = Text(address, "postalCode"),
            Country = Text(address, "country"),
            Primary = address?["primary"]?.GetValue<bool>(),
        })
        .ToList();

    private static List<ContactPoint>? Points(JsonNode? list) => (list as JsonArray)?
        .Where(entry => Text(entry, "value") is not null)
        .Select(entry => new ContactPoint
        {
            Type = Text(entry, "type"),
            Value = Text(entry, "value"),
            Primary = entry!["primary"]?.GetValue<bool>(),
        })
        .ToList();

    private static JsonNode? Preferred(JsonNode? list) =>
        (list as JsonArray)?.OrderByDescending(entry => entry?["primary"]?.GetValue<bool>() == true).FirstOrDefault();

    private static string? Filled(JsonNode? node, string name) => Text(node, name) is { Length: > 0 } text ? text : null;

    private static string? Text(JsonNode? node, string name) => node?[name]?.GetValue<string>();
}
