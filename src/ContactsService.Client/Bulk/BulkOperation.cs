using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ContactsService.Client;

/// <summary>
/// A write of a bulk request, made by the methods of this class. It keeps what it was made of as it was at that moment. Every id, also in
/// <see cref="Contact.Groups"/> and in lists of members, may be the <see cref="Reference"/> of an earlier operation of the same request.
/// Safe for any number of threads.
/// </summary>
public sealed class BulkOperation
{
    private const string Contacts = "/contacts";
    private const string Groups = "/groups";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> json = new();

    private BulkOperation(HttpMethod method, string path, string? bulkId = null, string? ifMatch = null, string? ifNoneMatch = null)
        : this(method, path, ReadOnlySpan<byte>.Empty, bulkId, ifMatch, ifNoneMatch)
    {
    }

    private BulkOperation(
        HttpMethod method, string path, ReadOnlySpan<byte> data, string? bulkId = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        (Method, Path, BulkId) = (method, path, bulkId);
        using var writer = new Utf8JsonWriter(json, Relaxed);
        writer.WriteStartObject();
        writer.WriteString("method", method.Method);
        writer.WriteString("path", path);
        Write("bulkId", bulkId);
        Write("ifMatch", ifMatch);
        Write("ifNoneMatch", ifNoneMatch);
        if (!data.IsEmpty)
        {
            writer.WritePropertyName("data");
            writer.WriteRawValue(data, skipInputValidation: true);
        }

        writer.WriteEndObject();

        void Write(string name, string? value)
        {
            if (value is not null)
            {
                writer.WriteString(name, TextConverter.Checked(value));
            }
        }
    }

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The path, such as <c>/contacts/joe</c>.</summary>
    public string Path { get; }

    /// <summary>The name that you have given to what it makes; null for none.</summary>
    public string? BulkId { get; }

    /// <summary>What later operations of the request name in place of the id of what this one makes.</summary>
    /// <exception cref="InvalidOperationException">The operation has no <see cref="BulkId"/>.</exception>
    public string Reference => BulkId is null
        ? throw new InvalidOperationException("Only an operation that was made with a bulkId can be referred to.")
        : $"bulkId:{BulkId}";

    internal ReadOnlySpan<byte> Json => json.WrittenSpan;

    internal bool IsOfGroup => Path.StartsWith(Groups, StringComparison.Ordinal);

    /// <summary>Adds a contact, as <see cref="ContactCalls.AddAsync"/> does.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="bulkId">A name for it, unique in the request; null for none.</param>
    public static BulkOperation AddContact(Contact contact, string? bulkId = null) =>
        new(HttpMethod.Post, Contacts, Data(contact), bulkId);

    /// <summary>Replaces a contact or creates it, as <see cref="ContactCalls.UpsertAsync"/> does.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="contact">The complete contact.</param>
    /// <param name="bulkId">A name for it, unique in the request; null for none.</param>
    public static BulkOperation UpsertContact(string contactId, Contact contact, string? bulkId = null) =>
        new(HttpMethod.Put, Address(Contacts, contactId), Data(contact), bulkId);

    /// <summary>Creates a contact under an id of your choice, as <see cref="ContactCalls.CreateAsync"/> does.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="contact">The contact.</param>
    /// <param name="bulkId">A name for it, unique in the request; null for none.</param>
    public static BulkOperation CreateContact(string contactId, Contact contact, string? bulkId = null) =>
        new(HttpMethod.Put, Address(Contacts, contactId), Data(contact), bulkId, ifNoneMatch: "*");

    /// <summary>Replaces a contact, as <see cref="ContactCalls.ReplaceAsync"/> does.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="contact">The complete new contact.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current.</param>
    public static BulkOperation ReplaceContact(string contactId, Contact contact, string ifMatch) =>
        new(HttpMethod.Put, Address(Contacts, contactId), Data(contact), ifMatch: Required(ifMatch));

    /// <summary>Updates members of a contact, as <see cref="ContactCalls.PatchAsync"/> does.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current; null for any.</param>
    public static BulkOperation PatchContact(string contactId, ContactPatch patch, string? ifMatch = null)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return new(HttpMethod.Patch, Address(Contacts, contactId), Data(patch.Changes), ifMatch: ifMatch);
    }

    /// <summary>Deletes a contact. It fails with <c>not-found</c> when there is none.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current; null for any.</param>
    public static BulkOperation RemoveContact(string contactId, string? ifMatch = null) =>
        new(HttpMethod.Delete, Address(Contacts, contactId), ifMatch: ifMatch);

    /// <summary>Adds a group, as <see cref="GroupCalls.AddAsync"/> does.</summary>
    /// <param name="group">The group.</param>
    /// <param name="bulkId">A name for it, unique in the request; null for none.</param>
    public static BulkOperation AddGroup(ContactGroup group, string? bulkId = null) => new(HttpMethod.Post, Groups, Data(group), bulkId);

    /// <summary>Replaces a group or creates it, as <see cref="GroupCalls.UpsertAsync"/> does.</summary>
    /// <param name="groupId">The group's id, a UUID.</param>
    /// <param name="group">The complete group.</param>
    /// <param name="bulkId">A name for it, unique in the request; null for none.</param>
    public static BulkOperation UpsertGroup(string groupId, ContactGroup group, string? bulkId = null) =>
        new(HttpMethod.Put, Address(Groups, groupId), Data(group), bulkId);

    /// <summary>Creates a group under an id of your choice, as <see cref="GroupCalls.CreateAsync"/> does.</summary>
    /// <param name="groupId">The group's id, a UUID.</param>
    /// <param name="group">The group.</param>
    /// <param name="bulkId">A name for it, unique in the request; null for none.</param>
    public static BulkOperation CreateGroup(string groupId, ContactGroup group, string? bulkId = null) =>
        new(HttpMethod.Put, Address(Groups, groupId), Data(group), bulkId, ifNoneMatch: "*");

    /// <summary>Replaces a group, as <see cref="GroupCalls.ReplaceAsync"/> does.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="group">The complete new group.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current.</param>
    public static BulkOperation ReplaceGroup(string groupId, ContactGroup group, string ifMatch) =>
        new(HttpMethod.Put, Address(Groups, groupId), Data(group), ifMatch: Required(ifMatch));

    /// <summary>Updates members of a group, as <see cref="GroupCalls.PatchAsync"/> does.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    public static BulkOperation PatchGroup(string groupId, GroupPatch patch, string? ifMatch = null)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return new(HttpMethod.Patch, Address(Groups, groupId), Data(patch.Changes), ifMatch: ifMatch);
    }

    /// <summary>Deletes a group and keeps its contacts. It fails with <c>not-found</c> when there is none.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    public static BulkOperation RemoveGroup(string groupId, string? ifMatch = null) =>
        new(HttpMethod.Delete, Address(Groups, groupId), ifMatch: ifMatch);

    /// <summary>Deletes a group, and those of its contacts that are in no other group.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="ifMatch">The <see cref="ContactGroup.ETag"/> that must be current; null for any.</param>
    public static BulkOperation RemoveGroupWithContacts(string groupId, string? ifMatch = null) =>
        new(HttpMethod.Delete, $"{Address(Groups, groupId)}?contacts=delete", ifMatch: ifMatch);

    /// <summary>Adds a contact to a group.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The id of a contact in your book.</param>
    public static BulkOperation AddMember(string groupId, string contactId) => new(HttpMethod.Put, Member(groupId, contactId));

    /// <summary>Removes a contact from a group. It fails with <c>not-found</c> when the contact is not in the group.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="contactId">The contact's id.</param>
    public static BulkOperation RemoveMember(string groupId, string contactId) => new(HttpMethod.Delete, Member(groupId, contactId));

    /// <summary>Adds contacts to a group and removes others, all or none.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="add">Ids of contacts in your book; empty for none.</param>
    /// <param name="remove">Ids of contacts in your book; empty for none.</param>
    public static BulkOperation ChangeMembers(string groupId, IReadOnlyList<string> add, IReadOnlyList<string> remove) =>
        new(HttpMethod.Post, $"{Address(Groups, groupId)}/members", Data(new(add, remove), ClientJson.Wire.MembershipChange));

    private static string Address(string parent, string id) => Call.Path(parent, id);

    private static string Member(string groupId, string contactId) => Call.Path($"{Address(Groups, groupId)}/members", contactId);

    private static byte[] Data(Contact contact) => Data(contact, ClientJson.Wire.Contact);

    private static byte[] Data(ContactGroup group) => Data(group, ClientJson.Wire.ContactGroup);

    private static byte[] Data(PatchMembers changes) => Data(changes.ToJson(), ClientJson.Wire.JsonObject);

    private static byte[] Data<T>(T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(value);
        return JsonSerializer.SerializeToUtf8Bytes(value, type);
    }

    private static string Required(string ifMatch)
    {
        ArgumentException.ThrowIfNullOrEmpty(ifMatch);
        return ifMatch;
    }
}
