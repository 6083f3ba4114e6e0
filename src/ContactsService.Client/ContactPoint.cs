namespace ContactsService.Client;

/// <summary>A phone number, e-mail address or SIP address of a contact.</summary>
public sealed record ContactPoint
{
    /// <summary>The kind, such as work or mobile; null when not set.</summary>
    public string? Type { get; init; }

    /// <summary>The number or address, stored exactly as sent. Required.</summary>
    public string? Value { get; init; }

    /// <summary>True for the preferred entry; null when not set.</summary>
    public bool? Primary { get; init; }
}
