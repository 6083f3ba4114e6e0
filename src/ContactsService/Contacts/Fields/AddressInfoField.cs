using System.Text.Json;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using NpgsqlTypes;

namespace ContactsService.Contacts.Fields;

/// <summary>The preferred postal address; each part is a column and an attribute.</summary>
internal sealed class AddressInfoField() : ContactField<AddressInfo?>(
    "addressInfo", contact => contact.AddressInfo, (contact, address) => contact.AddressInfo = address)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ContactColumn> Columns =>
    [
        .. AddressInfo.Parts.Select(part => new ContactColumn(
            SnakeCase.Of(part.Name),
            NpgsqlDbType.Text,
            contact => contact.StoredAddressInfo is { } address && part.Get(address) is { } text ? CaseFolding.Text(text) : null)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Filtering.Attribute> Attributes =>
        [.. AddressInfo.Parts.Select(part => new Filtering.Attribute($"{Name}.{part.Name}", AttributeKind.Text, SnakeCase.Of(part.Name)))];

    /// <inheritdoc/>
    public override void Read(MemberReader members, Contact contact) => Set(contact, members.Object(Name, AddressInfo.Read));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, Contact contact)
    {
        if (contact.StoredAddressInfo is { } address)
        {
            json.WriteStartObject(Name);
            address.WriteParts(json);
            json.WriteEndObject();
        }
    }

    /// <inheritdoc/>
    public override bool Agrees(Contact contact, Contact other) =>
        contact.AddressInfo is not { } address || address == other.StoredAddressInfo;

    // Clients that encrypt encrypt every part, an empty one, too.
    /// <inheritdoc/>
    protected override IEnumerable<string?> Texts(Contact contact) =>
        contact.StoredAddressInfo is { } address ? AddressInfo.Parts.Select(part => part.Get(address)).Where(text => text is not null) : [];
}
