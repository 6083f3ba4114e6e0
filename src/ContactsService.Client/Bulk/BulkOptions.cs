namespace ContactsService.Client;

/// <summary>How a bulk request is executed.</summary>
public sealed record BulkOptions
{
    /// <summary>True to store nothing when an operation fails. The default is to store those that succeed.</summary>
    public bool Atomic { get; init; }

    /// <summary>After so many failures, 1 or more, the rest is not executed, and has the status 424; null for no limit.</summary>
    public int? FailOnErrors { get; init; }

    /// <summary>
    /// Your own key, 1 to 255 printable ASCII characters, so that you can repeat the request even after a restart; null to create one for
    /// the call.
    /// </summary>
    public string? IdempotencyKey { get; init; }
}
