using System.Buffers;
using System.Text.Json;
using ContactsService.Contacts;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Webex;

/// <summary>A contact on the wire of the Webex SDK: ciphertext to the letter, members nobody knows included, never null.</summary>
internal sealed record WebexContact(string ContactId, byte[] Body, byte[]? Extra, Guid[] Groups, bool HasMigrationMark, DateTime Created, DateTime LastModified)
{
    /// <summary>The columns that <see cref="Read(NpgsqlDataReader)"/> expects, from the alias <c>c</c>.</summary>
    public const string Columns = "c.contact_id, c.body, c.extra, c.group_ids, c.is_migration IS NOT NULL, c.created, c.last_modified";

    /// <summary>Reads a JSON object. Whose contact it is, and whether the directory knows it, is not the client's to say.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static ContactDraft Read(JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors) { KeepsUnknown = true };
        members.Ignore("ownerId", "resolved", "meta");
        var texts = ContactField.All.Where(text => !text.IsDirectoryField).Select(text => (text, members.Text(text.Name))).ToList();
        var draft = new ContactDraft
        {
            ContactId = members.Text("contactId"),
            ContactType = members.Text("contactType"),
            Emails = members.Objects("emails", ContactPoint.Read),
            PhoneNumbers = members.Objects("phoneNumbers", ContactPoint.Read),
            SipAddresses = members.Objects("sipAddresses", ContactPoint.Read),
            AddressInfo = members.Object("addressInfo", ReadAddress),
            Groups = members.Texts("groups"),
            IsMigration = members.Flag("isMigration") ?? false,
            Extra = ExtensionData.Of(members),
            IsFromEncryptingClient = true,
            SkipsUnknownGroups = true,
        };
        foreach (var (text, value) in texts)
        {
            text.Set(draft, value);
        }

        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>A contact that was just added.</summary>
    public static WebexContact Of(ContactView contact, ContactDraft draft) => new(
        contact.ContactId,
        contact.Body,
        draft.Extra is null ? null : System.Text.Encoding.UTF8.GetBytes(draft.Extra),
        contact.Groups,
        draft.IsMigration is not null,
        contact.Created,
        contact.LastModified);

    /// <summary>Reads a row.</summary>
    public static WebexContact Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetFieldValue<byte[]>(1),
        row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2),
        row.GetFieldValue<Guid[]>(3),
        row.GetBoolean(4),
        row.GetDateTime(5),
        row.GetDateTime(6));

    /// <summary>Writes the JSON object.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var view = new ViewWriter(output, fields: null);
        view.Ready(Extra is null ? Body : ExtensionData.Merge(Body, Extra));
        if (!HasMigrationMark)
        {
            view.Member("isMigration", "false"u8);
        }

        view.Ids("groups", Groups);
        view.Meta(Created, LastModified);
        view.End();
    }

    // The SDK decrypts every part, those that nobody knows included, and fails at what is no text.
    private static AddressInfo ReadAddress(MemberReader members)
    {
        var address = AddressInfo.Read(members);
        foreach (var part in members.Unknown.Where(part => part.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)))
        {
            members.Refuse(part.Name, "It is a string.");
        }

        return address;
    }
}
