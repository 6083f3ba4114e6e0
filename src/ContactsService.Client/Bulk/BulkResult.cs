using System.Text;
using System.Text.Json;

namespace ContactsService.Client;

/// <summary>What came of an operation of a bulk request.</summary>
public sealed record BulkResult
{
    internal BulkResult(BulkOperation operation, BulkResultBody body)
    {
        Operation = operation;
        Status = body.Status;
        IsUnchanged = body.Unchanged;
        Location = body.Location;
        ETag = body.Etag;
        if (body.Problem is { } problem)
        {
            Problem = new(new Reply(body.Status, Encoding.UTF8.GetBytes(problem.GetRawText()), body.Etag, null));
        }
        else if (body.Data is { } data && operation.IsOfGroup)
        {
            Group = data.Deserialize(ClientJson.Wire.ContactGroup)! with { ETag = body.Etag };
        }
        else if (body.Data is { } contact)
        {
            Contact = contact.Deserialize(ClientJson.Wire.Contact)! with { ETag = body.Etag };
        }
    }

    /// <summary>The operation.</summary>
    public BulkOperation Operation { get; }

    /// <summary>The HTTP status that the operation would have alone; 424 when it was not executed because of another's failure.</summary>
    public int Status { get; }

    /// <summary>True when it succeeded.</summary>
    public bool IsSuccess => Problem is null;

    /// <summary>True when it created the contact or group.</summary>
    public bool IsCreated => Status == 201;

    /// <summary>True when what it writes was there already: there is no new version.</summary>
    public bool IsUnchanged { get; }

    /// <summary>The path of what it created; null for others.</summary>
    public string? Location { get; }

    /// <summary>The ETag of the contact or group; with 412 the current one; null when there is none.</summary>
    public string? ETag { get; }

    /// <summary>The contact as it is stored; null for operations on groups, deletions and failures.</summary>
    public Contact? Contact { get; }

    /// <summary>The group as it is stored; null for operations on contacts and on single members, deletions and failures.</summary>
    public ContactGroup? Group { get; }

    /// <summary>Why it failed, not thrown; null when it succeeded.</summary>
    public ProblemException? Problem { get; }
}

/// <summary>A result in the answer of <c>POST /bulk</c>.</summary>
internal sealed record BulkResultBody(int Status, string? Location, string? Etag, bool Unchanged, JsonElement? Data, JsonElement? Problem);

/// <summary>The answer of <c>POST /bulk</c>.</summary>
internal sealed record BulkResultList(IReadOnlyList<BulkResultBody> Results);
