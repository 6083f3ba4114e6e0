namespace ContactsService.Http;

/// <summary>The times and the version of a resource.</summary>
internal sealed record MetaDocument
{
    /// <summary>When it was created: UTC, ISO 8601 with six fractional digits.</summary>
    public required DateTime Created { get; init; }

    /// <summary>When it last changed: UTC, ISO 8601 with six fractional digits.</summary>
    public required DateTime LastModified { get; init; }

    /// <summary>Increases with every change.</summary>
    public required long Version { get; init; }

    /// <summary>The ETag with its quotes, for the header If-Match of a write.</summary>
    public required string Etag { get; init; }
}
