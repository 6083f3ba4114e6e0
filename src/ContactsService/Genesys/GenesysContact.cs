using System.Buffers;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace ContactsService.Genesys;

/// <summary>A contact in the vendor's form. Members that are not set are absent.</summary>
internal sealed record GenesysContact
{
    private static readonly JsonSerializerOptions Options = new(
        JsonText.Options)
    { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The contact's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name of a queue, user or custom contact; the user name for a user without a name.</summary>
    public string? Name { get; init; }

    /// <summary>Custom, User or Queue.</summary>
    [AllowedValues("Custom", "User", "Queue")]
    public required string Type { get; init; }

    /// <summary>The first of phoneNumbers.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>All phone numbers.</summary>
    public IReadOnlyList<GenesysPhoneNumber>? PhoneNumbers { get; init; }

    /// <summary>The user name; only for users.</summary>
    public string? UserName { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>The employee id; only for users.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>The first e-mail address.</summary>
    public string? EmailAddress { get; init; }

    /// <summary>ROLE_AGENT; of users.</summary>
    [AllowedValues(GenesysAttributes.AgentRole, GenesysAttributes.AdminRole)]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The address, with scheme and host.</summary>
    public required string Uri { get; init; }

    /// <summary>The path below /api/v2.</summary>
    public required string Path { get; init; }

    /// <summary>Converts a contact.</summary>
    public static GenesysContact Of(ContactView contact, Caller caller, HttpRequest request)
    {
        var output = new ArrayBufferWriter<byte>(contact.Body.Length + 256);
        contact.Write(output, caller);
        using var document = JsonDocument.Parse(output.WrittenMemory);
        var native = document.RootElement;
        var type = Text(native, "type")!;
        var userName = Text(native, "userName");
        var numbers = Entries(native, "phoneNumbers").Select(GenesysPhoneNumber.Of).ToList();
        var path = $"/contacts/{contact.ContactId}";
        return new()
        {
            Id = contact.ContactId,
            Name = Text(native, "displayName") ?? userName,
            Type = type,
            PhoneNumber = numbers.FirstOrDefault()?.PhoneNumber,
            PhoneNumbers = numbers.Count == 0 ? null : numbers,
            UserName = userName,
            FirstName = Text(native, "firstName"),
            LastName = Text(native, "lastName"),
            EmployeeId = Text(native, "employeeId"),
            EmailAddress = Entries(native, "emails").Select(email => Text(email, "value")).FirstOrDefault(),
            Roles = type == "User" ? [GenesysAttributes.AgentRole] : null,
            Uri = UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, GenesysEndpoints.Path + path),
            Path = path,
        };
    }

    /// <summary>Converts the contact to JSON.</summary>
    /// <param name="fields">The members to keep; null for all.</param>
    public JsonNode ToJson(IReadOnlySet<string>? fields = null)
    {
        var json = JsonSerializer.SerializeToNode(this, Options)!.AsObject();
        foreach (var (name, _) in json.Where(member => fields?.Contains(member.Key) == false).ToList())
        {
            json.Remove(name);
        }

        return json;
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Entries(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.EnumerateArray() : default;
}

/// <summary>A phone number.</summary>
internal sealed record GenesysPhoneNumber
{
    /// <summary>The number as it was stored.</summary>
    public required string PhoneNumber { get; init; }

    /// <summary>The kind of number, such as work or mobile.</summary>
    public string? Description { get; init; }

    /// <summary>The stored entry that it was read from; null when a caller sends it.</summary>
    internal ContactPoint? Stored { get; init; }

    /// <summary>Converts a stored entry.</summary>
    public static GenesysPhoneNumber Of(JsonElement json)
    {
        var point = json.Deserialize<ContactPoint>(JsonText.Options)!;
        return new() { PhoneNumber = point.Value!, Description = point.Type, Stored = point };
    }

    /// <summary>Converts to a stored entry. An empty description, as the vendor's clients send it, means none.</summary>
    public ContactPoint ToPoint() => new() { Value = PhoneNumber, Type = string.IsNullOrEmpty(Description) ? null : Description };
}
