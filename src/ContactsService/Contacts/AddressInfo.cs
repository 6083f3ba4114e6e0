using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>A postal address.</summary>
internal record AddressInfo
{
    /// <summary>The parts, in the order in which they are written.</summary>
    internal static readonly IReadOnlyList<(string Name, Func<AddressInfo, string?> Get)> Parts =
    [
        ("street", address => address.Street),
        ("city", address => address.City),
        ("state", address => address.State),
        ("zipCode", address => address.ZipCode),
        ("country", address => address.Country),
    ];

    /// <summary>Street and number.</summary>
    public string? Street { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>State or region.</summary>
    public string? State { get; init; }

    /// <summary>Postal code.</summary>
    public string? ZipCode { get; init; }

    /// <summary>Country.</summary>
    public string? Country { get; init; }

    /// <summary>Reads a JSON object.</summary>
    public static AddressInfo Read(MemberReader members) => new()
    {
        Street = members.Text("street"),
        City = members.Text("city"),
        State = members.Text("state"),
        ZipCode = members.Text("zipCode"),
        Country = members.Text("country"),
    };

    /// <summary>The parts alone.</summary>
    public AddressInfo ToAddressInfo() => new(this);

    /// <summary>Writes the parts that are set.</summary>
    public void WriteParts(Utf8JsonWriter json)
    {
        foreach (var (name, get) in Parts)
        {
            if (get(this) is { } text)
            {
                json.WriteString(name, text);
            }
        }
    }
}
