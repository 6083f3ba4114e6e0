namespace ContactsService.Client;

/// <summary>A postal address; what is null is not set.</summary>
public sealed record AddressInfo
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
}
