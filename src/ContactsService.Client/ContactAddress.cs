namespace ContactsService.Client;

/// <summary>One of a contact's postal addresses; what is null is not set.</summary>
public sealed record ContactAddress
{
    /// <summary>What it is, in your words: work, home, …; null when not said.</summary>
    public string? Type { get; init; }

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

    /// <summary>True for the one to use first; null when not said.</summary>
    public bool? Primary { get; init; }
}
