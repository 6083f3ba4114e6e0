using System.Buffers;
using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>The native wire format: JSON to draft, draft to the ready text that is stored and sent.</summary>
internal static class ContactJson
{
    /// <summary>Names that callers may use, and the members that they mean.</summary>
    public static readonly IReadOnlyDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "displayName",
        ["id"] = "contactId",
        ["phoneNumber"] = "phoneNumbers",
    };

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
            Emails = members.Objects("emails", ContactPoint.Read),
            PhoneNumbers = ReadPhoneNumbers(members),
            SipAddresses = members.Objects("sipAddresses", ContactPoint.Read),
            AddressInfo = members.Object("addressInfo", AddressInfo.Read),
            Groups = members.Texts("groups"),
            IsMigration = members.Flag("isMigration"),
            OwnerId = members.Text("ownerId"),
        };
        foreach (var text in ContactField.All)
        {
            text.Set(draft, members.Text(text.Name, text.Alias));
        }

        members.Ignore("resolved", "meta");
        members.RefuseUnknown();
        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>The ready members, without braces, groups, resolved and meta.</summary>
    public static byte[] Write(string contactId, string ownerId, ContactDraft draft)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            json.WriteString("contactId"u8, contactId);
            json.WriteString("contactType"u8, draft.StoredContactType);
            json.WriteString("type"u8, draft.StoredType);
            foreach (var text in ContactField.All)
            {
                WriteText(json, text, draft);
            }

            WritePoints(json, "emails", draft.Emails);
            WritePoints(json, "phoneNumbers", draft.PhoneNumbers);
            WritePoints(json, "sipAddresses", draft.SipAddresses);
            WriteAddress(json, draft);
            if (draft.IsMigration is { } migration)
            {
                json.WriteBoolean("isMigration"u8, migration);
            }

            json.WriteString("ownerId"u8, ownerId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }

    // The Genesys page has one string, the Webex guide's example a list under the same name.
    private static IReadOnlyList<ContactPoint>? ReadPhoneNumbers(MemberReader members)
    {
        const string Alias = "phoneNumber";
        var numbers = ReadNumbers(members, "phoneNumbers");
        var other = ReadNumbers(members, Alias);
        if (numbers is not null && other is not null && !Same(numbers, other))
        {
            members.Refuse(Alias, "It is another name for phoneNumbers and says something else.");
        }

        return numbers ?? other;
    }

    private static IReadOnlyList<ContactPoint>? ReadNumbers(MemberReader members, string name) =>
        members.Find(name)?.ValueKind == JsonValueKind.String
            ? [FromText(members.Text(name)!)]
            : members.Objects(name, ContactPoint.Read, FromText);

    // A single number under the alias agrees with a list of one, whatever else the list says of it.
    private static bool Same(IReadOnlyList<ContactPoint> numbers, IReadOnlyList<ContactPoint> other) =>
        numbers.SequenceEqual(other) || (other is [{ Type: null, Primary: null } one] && numbers is [var only] && only.Value == one.Value);

    private static ContactPoint FromText(string value) => new() { Value = value };

    private static void WriteText(Utf8JsonWriter json, ContactField text, ContactDraft draft)
    {
        if (text.Get(draft) is { } value)
        {
            json.WriteString(text.Name, value);
        }
    }

    private static void WritePoints(Utf8JsonWriter json, string name, IReadOnlyList<ContactPoint>? points)
    {
        if (points is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var point in points)
        {
            point.Write(json);
        }

        json.WriteEndArray();
    }

    private static void WriteAddress(Utf8JsonWriter json, ContactDraft draft)
    {
        if (draft.AddressInfo is null)
        {
            return;
        }

        json.WriteStartObject("addressInfo"u8);
        foreach (var text in ContactField.Address)
        {
            WriteText(json, text, draft);
        }

        json.WriteEndObject();
    }
}
