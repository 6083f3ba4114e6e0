namespace ContactsService.Client;

/// <summary>A postal address. Members that are not set are null.</summary>
public sealed record AddressInfo
{
    /// <summary>Street and number; null when not set.</summary>
    public string? Street { get; init; }

    /// <summary>City; null when not set.</summary>
    public string? City { get; init; }

    /// <summary>State or region; null when not set.</summary>
    public string? State { get; init; }

    /// <summary>Postal code; null when not set.</summary>
    public string? ZipCode { get; init; }

    /// <summary>Country; null when not set.</summary>
    public string? Country { get; init; }
}
