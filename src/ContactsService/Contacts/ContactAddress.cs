using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>One of a contact's postal addresses.</summary>
internal sealed record ContactAddress : AddressInfo
{
    /// <summary>An address with nothing set.</summary>
    public ContactAddress()
    {
    }

    /// <summary>An address with these parts.</summary>
    public ContactAddress(AddressInfo parts)
        : base(parts)
    {
    }

    /// <summary>What it is: work, home, … in the caller's words; may be left out.</summary>
    public string? Type { get; init; }

    /// <summary>True for the one to use first.</summary>
    public bool? Primary { get; init; }

    /// <summary>The primary one, else the first; null for none.</summary>
    public static ContactAddress? Preferred(IReadOnlyList<ContactAddress>? addresses) =>
        addresses?.FirstOrDefault(address => address.Primary == true) ?? (addresses is [var first, ..] ? first : null);

    /// <summary>
    /// The list with other parts for its preferred address, which keeps its type and mark; null for the parts removes it.
    /// </summary>
    public static IReadOnlyList<ContactAddress>? WithPreferred(IReadOnlyList<ContactAddress>? addresses, AddressInfo? parts)
    {
        if (Preferred(addresses) is not { } preferred)
        {
            return parts is null ? addresses : [new(parts)];
        }

        ContactAddress[] changed = parts is null ? [] : [new(parts) { Type = preferred.Type, Primary = preferred.Primary }];
        List<ContactAddress> list = [.. addresses!.SelectMany(address => ReferenceEquals(address, preferred) ? changed : [address])];
        return list.Count == 0 ? null : list;
    }

    /// <summary>Reads a JSON object.</summary>
    public static new ContactAddress Read(MemberReader members) =>
        new(AddressInfo.Read(members)) { Type = members.Text("type"), Primary = members.Flag("primary") };

    /// <summary>Writes the JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Type is not null)
        {
            json.WriteString("type"u8, Type);
        }

        WriteParts(json);
        if (Primary is { } primary)
        {
            json.WriteBoolean("primary"u8, primary);
        }

        json.WriteEndObject();
    }
}
