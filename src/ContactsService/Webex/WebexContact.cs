using System.Buffers;
using System.Text;
using System.Text.Json;
using ContactsService.Contacts;
using ContactsService.Contacts.Fields;
using ContactsService.Http;
using Npgsql;

namespace ContactsService.Webex;

/// <summary>A contact on the wire of the Webex SDK: ciphertext to the letter, members nobody knows included, never null.</summary>
internal sealed record WebexContact(
    string ContactId, byte[] Body, byte[]? Extension, Guid[] Groups, bool HasMigrationMark, DateTime Created, DateTime LastModified,
    bool HasPlainText)
{
    /// <summary>The columns that <see cref="Read(NpgsqlDataReader)"/> expects, from the alias <c>c</c>.</summary>
    public const string Columns =
        "c.contact_id, c.body, c.extension, c.group_ids, c.is_migration IS NOT NULL, c.created, c.last_modified, c.has_plain_text";

    /// <summary>Reads a JSON object. Whose contact it is, and whether the directory knows it, is not the client's to say.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public static ContactDraft Read(JsonElement json)
    {
        var errors = new MemberErrors();
        var members = new MemberReader(json, "", errors) { KeepsUnknown = true };
        members.Ignore("ownerId", "resolved", "meta");
        var draft = new ContactDraft
        {
            ContactId = members.Text("contactId"),
            ContactType = members.Text("contactType"),
            AddressInfo = members.Object("addressInfo", ReadAddress),
            Groups = members.Texts("groups"),
            IsFromEncryptingClient = true,
            SkipsUnknownGroups = true,
        };
        var fields = ContactField.All.Where(field => field is { IsNativeOnly: false, IsDirectoryField: false } and not AddressInfoField);
        foreach (var field in fields)
        {
            field.Read(members, draft);
        }

        draft.IsMigration ??= false;
        errors.ThrowIfAny();
        return draft with { Extension = ExtensionData.Of(members) };
    }

    /// <summary>A contact that was just added.</summary>
    public static WebexContact Of(ContactView contact, ContactDraft draft) => new(
        contact.ContactId,
        contact.Body,
        draft.Extension?.Column is { } extension ? Encoding.UTF8.GetBytes(extension) : null,
        contact.Groups,
        draft.IsMigration is not null,
        contact.Created,
        contact.LastModified,
        HasPlainText: false);

    /// <summary>Reads a row.</summary>
    public static WebexContact Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetFieldValue<byte[]>(1),
        row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2),
        row.GetFieldValue<Guid[]>(3),
        row.GetBoolean(4),
        row.GetDateTime(5),
        row.GetDateTime(6),
        row.GetBoolean(7));

    /// <summary>Writes the JSON object.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        var view = new ViewWriter(output, fields: null);
        var body = ContactJson.SharedPart(Body);
        view.Ready(ExtensionData.Merge(HasPlainText ? PlainText.Remove(body) : body, Extension));
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
