using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>A postal address.</summary>
internal sealed record AddressInfo
{
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
}
