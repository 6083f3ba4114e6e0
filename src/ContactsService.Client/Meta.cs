namespace ContactsService.Client;

/// <summary>When a contact or a group was made and changed, and its version. The service writes it; what is sent back is not read.</summary>
public sealed record Meta
{
    /// <summary>UTC, to the microsecond.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Grows with every change.</summary>
    public long? Version { get; init; }

    /// <summary>The ETag, with its quotes, for If-Match: entries of a list have it, too.</summary>
    public string? Etag { get; init; }
}
