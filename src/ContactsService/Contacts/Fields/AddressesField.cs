using System.Text.Json;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Contacts.Fields;

/// <summary>All postal addresses; each part is an attribute, of which any address counts.</summary>
internal sealed class AddressesField() : ContactField<IReadOnlyList<ContactAddress>?>(
    "addresses", contact => contact.Addresses, (contact, addresses) => contact.Addresses = addresses)
{
    /// <inheritdoc/>
    public override IReadOnlyList<ContactColumn> Columns =>
        [new(Name, ContactColumn.Texts, contact => Folded(contact.StoredAddresses)) { HasLookup = true }];

    /// <inheritdoc/>
    public override IReadOnlyList<Filtering.Attribute> Attributes =>
    [
        .. AddressInfo.Parts.Select(
            part => new Filtering.Attribute($"{Name}.{part.Name}", AttributeKind.Tagged, Name) { Tag = part.Name, HasLookup = true }),
    ];

    /// <inheritdoc/>
    public override void Read(MemberReader members, Contact contact) => Set(contact, members.Objects(Name, ContactAddress.Read));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, Contact contact)
    {
        if (contact.StoredAddresses is not { } addresses)
        {
            return;
        }

        json.WriteStartArray(Name);
        foreach (var address in addresses)
        {
            address.Write(json);
        }

        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override bool Agrees(Contact contact, Contact other) =>
        contact.Addresses is not { Count: > 0 } addresses || addresses.SequenceEqual(other.StoredAddresses ?? []);

    /// <inheritdoc/>
    protected override IEnumerable<string?> Texts(Contact contact) => [];

    private static string[]? Folded(IReadOnlyList<ContactAddress>? addresses)
    {
        string[] entries =
        [
            .. from address in addresses ?? []
               from part in AddressInfo.Parts
               let text = part.Get(address)
               where text is not null
               select $"{part.Name}:{CaseFolding.Text(text)}",
        ];
        return entries.Length == 0 ? null : entries;
    }
}
