namespace ContactsService.Http;

/// <summary>When something was made and changed, and its version.</summary>
internal sealed record MetaDocument
{
    /// <summary>UTC, ISO 8601 with six digits of a second.</summary>
    public required DateTime Created { get; init; }

    /// <summary>UTC, ISO 8601 with six digits of a second.</summary>
    public required DateTime LastModified { get; init; }

    /// <summary>Grows with every change; the ETag is made of it.</summary>
    public required long Version { get; init; }

    /// <summary>The ETag, with its quotes: what a list shows can be written with If-Match.</summary>
    public required string Etag { get; init; }
}
