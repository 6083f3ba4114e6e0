using System.ComponentModel.DataAnnotations;
using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>Writes to be executed together.</summary>
internal sealed record BulkDraft
{
    /// <summary>The operations, in the order of their execution; at most 1,000.</summary>
    [MaxLength(BulkRequest.MaxOperations)]
    public required IReadOnlyList<BulkOperationDraft> Operations { get; init; }

    /// <summary>True to store nothing when an operation fails; then the answer is 422 with the results.</summary>
    public bool? Atomic { get; init; }

    /// <summary>After so many failures the rest is not executed; its results are 424. Without a limit when left out.</summary>
    [Range(1, int.MaxValue)]
    public int? FailOnErrors { get; init; }
}

/// <summary>An operation of a bulk request.</summary>
internal sealed record BulkOperationDraft
{
    /// <summary>POST, PUT, PATCH or DELETE.</summary>
    [AllowedValues("POST", "PUT", "PATCH", "DELETE")]
    public required string Method { get; init; }

    /// <summary>
    /// The address: <c>/contacts</c>, <c>/contacts/{contactId}</c>, <c>/groups</c>, <c>/groups/{groupId}</c>,
    /// <c>/groups/{groupId}/members</c> or <c>/groups/{groupId}/members/{contactId}</c>. In place of an id, <c>bulkId:x</c> means what the
    /// earlier operation with the bulkId <c>x</c> has made; so it does in <c>groups</c>, <c>members</c>, <c>add</c> and <c>remove</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>A name for what a POST or PUT makes, unique in the request.</summary>
    public string? BulkId { get; init; }

    /// <summary>As the header If-Match.</summary>
    public string? IfMatch { get; init; }

    /// <summary>As the header If-None-Match.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>The body.</summary>
    public object? Data { get; init; }
}

/// <summary>The results of a bulk request.</summary>
internal sealed record BulkResults
{
    /// <summary>One for each operation, in their order.</summary>
    public required IReadOnlyList<BulkResultDocument> Results { get; init; }
}

/// <summary>The result of an operation.</summary>
internal sealed record BulkResultDocument
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The address of what was created.</summary>
    public string? Location { get; init; }

    /// <summary>The version; with 412, the current one.</summary>
    public string? Etag { get; init; }

    /// <summary>True when a PUT or PATCH says what is already there: nothing was written, and there is no new version.</summary>
    public bool? Unchanged { get; init; }

    /// <summary>The contact or group as the operation answers it alone.</summary>
    public object? Data { get; init; }

    /// <summary>Why the operation failed.</summary>
    public ProblemView? Problem { get; init; }
}
