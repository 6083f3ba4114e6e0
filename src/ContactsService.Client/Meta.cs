namespace ContactsService.Client;

/// <summary>The times and the version of a contact or a group. Set by the service, which ignores it in requests.</summary>
public sealed record Meta
{
    /// <summary>When it was created, UTC, with a precision of a microsecond.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it last changed, UTC, with a precision of a microsecond.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Increases with every change.</summary>
    public long? Version { get; init; }

    /// <summary>The ETag with its quotes, for If-Match. Entries of a list have it too.</summary>
    public string? Etag { get; init; }
}
