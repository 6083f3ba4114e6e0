using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>The native wire format: JSON to contact, contact to the ready text that is stored and sent.</summary>
internal static class ContactJson
{
    private static ReadOnlySpan<byte> OwnerIdStart => "\"ownerId\":\""u8;

    private static readonly ContactField[] SharedFields = [.. ContactField.All.Where(field => !field.IsNativeOnly)];
    private static readonly ContactField[] NativeFields = [.. ContactField.All.Where(field => field.IsNativeOnly)];

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

    /// <summary>Reads what a contact is when a merge patch has been applied (RFC 7396).</summary>
    /// <param name="document">The contact as it is.</param>
    /// <param name="patch">The patch.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static ContactDraft ReadPatched(ReadOnlyMemory<byte> document, JsonElement patch)
    {
        var target = JsonNode.Parse(document.Span)!.AsObject();
        var hasAddresses = patch.TryGetProperty("addresses", out _);
        if (hasAddresses)
        {
            target.Remove("addressInfo"); // it follows from the list
        }

        var draft = Read(MergePatch.Apply(target, patch, Aliases));
        if (!hasAddresses && patch.TryGetProperty("addressInfo", out _))
        {
            draft.Addresses = ContactAddress.WithPreferred(draft.Addresses, draft.AddressInfo);
        }

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
            foreach (var field in SharedFields)
            {
                field.Write(json, contact);
            }

            json.WriteString("ownerId"u8, ownerId);
            foreach (var field in NativeFields)
            {
                field.Write(json, contact);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }

    /// <summary>The ready members without those that only the native API has: it ends with <c>ownerId</c>.</summary>
    public static ReadOnlySpan<byte> SharedPart(ReadOnlySpan<byte> body)
    {
        // No quote stands unescaped in a text before it, and none escaped in an owner's id.
        var owner = body.IndexOf(OwnerIdStart) + OwnerIdStart.Length;
        return body[..(owner + body[owner..].IndexOf((byte)'"') + 1)];
    }
}
