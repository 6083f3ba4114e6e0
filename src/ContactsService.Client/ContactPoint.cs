namespace ContactsService.Client;

/// <summary>One way to reach a contact: a phone number, an e-mail or a SIP address.</summary>
public sealed record ContactPoint
{
    /// <summary>What it is, in your words: work, mobile, …; null when not said.</summary>
    public string? Type { get; init; }

    /// <summary>The number or address, kept to the letter. Required.</summary>
    public string? Value { get; init; }

    /// <summary>True for the one to try first; null when not said.</summary>
    public bool? Primary { get; init; }
}
