using System.Buffers;
using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>The native wire format: JSON to contact, contact to the ready text that is stored and sent.</summary>
internal static class ContactJson
{
    /// <summary>Names that callers may use, and the members that they mean.</summary>
    public static readonly IReadOnlyDictionary<string, string> Aliases = ContactField.All
        .Where(field => field.Alias is not null)
        .Select(field => KeyValuePair.Create(field.Alias!, field.Name))
        .Append(KeyValuePair.Create("id", "contactId"))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads a JSON object.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static ContactDraft Read(JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors);
        var draft = new ContactDraft
        {
            ContactId = members.Text("contactId", alias: "id"),
            ContactType = members.Text("contactType"),
            Type = members.Text("type"),
            Groups = members.Texts("groups"),
            OwnerId = members.Text("ownerId"),
        };
        foreach (var field in ContactField.All)
        {
            field.Read(members, draft);
        }

        members.Ignore("resolved", "meta");
        members.RefuseUnknown();
        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>The ready members, without braces, groups, resolved and meta.</summary>
    public static byte[] Write(string contactId, string ownerId, Contact contact)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            json.WriteString("contactId"u8, contactId);
            json.WriteString("contactType"u8, contact.StoredContactType);
            json.WriteString("type"u8, contact.StoredType);
            foreach (var field in ContactField.All)
            {
                field.Write(json, contact);
            }

            json.WriteString("ownerId"u8, ownerId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }
}
