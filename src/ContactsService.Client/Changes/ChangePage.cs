namespace ContactsService.Client;

/// <summary>A page of changes.</summary>
public sealed record ChangePage
{
    /// <summary>Each contact or group at most once, in the order in which to apply them. A contact may come before its group.</summary>
    public required IReadOnlyList<Change> Changes { get; init; }

    /// <summary>The token to resume from after this page, at most 280 characters. Store it together with what you apply.</summary>
    public required string NextToken { get; init; }

    /// <summary>True when there may be more right now; false when you have everything up to this moment.</summary>
    public bool More { get; init; }
}
