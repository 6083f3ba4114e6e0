namespace ContactsService.Http;

/// <summary>Marks an endpoint that reads its query itself and refuses unknown parameters.</summary>
internal sealed class ReadsQuery;

/// <summary>Marks an endpoint that ignores these query parameters, because a standard requires it.</summary>
internal sealed record IgnoresParameters(IReadOnlyList<string> Names);

/// <summary>Marks an endpoint whose answers are not JSON, such as a page.</summary>
internal sealed class AnswersOtherThanJson;

/// <summary>Marks an endpoint that answers with Server-Sent Events.</summary>
internal sealed class AnswersEventStream
{
    public const string MediaType = "text/event-stream";

    /// <summary>The header with the id of the last event that the caller has got.</summary>
    public const string LastEventId = "Last-Event-ID";
}

/// <summary>Marks an endpoint whose requests wait because their callers want it: the log does not count them as slow.</summary>
internal sealed class WaitsForCaller;

/// <summary>The feature of a request that came as HEAD: its answer has no body.</summary>
internal sealed class HeadRequest;

/// <summary>Marks a route that honours <c>Idempotency-Key</c>.</summary>
/// <param name="InTransaction">
/// True when the request runs in the transaction that stores its answer; false when the answer is stored behind it, because the request
/// waits for somebody else.
/// </param>
internal sealed record IdempotentRoute(bool InTransaction);

/// <summary>Marks a route whose body may be left out; an empty JSON object means the same.</summary>
internal sealed class OptionalBody;

/// <summary>Marks a route that writes to the organization's book: its requests queue for that book instead of the caller's own.</summary>
internal sealed class WritesOrganizationBook;

/// <summary>Names what a route is about: a token with scopes needs one of this area, for reading or for writing.</summary>
internal sealed record InScope(string Area);

/// <summary>Marks a route whose answers or queries have page tokens.</summary>
internal sealed class HasPages;

/// <summary>Marks a route whose POST writes nothing.</summary>
internal sealed class OnlyReads;

/// <summary>The areas of scopes.</summary>
internal static class ScopeAreas
{
    public const string Contacts = "contacts";
    public const string Directory = "directory";
    public const string Settings = "settings";
    public const string Tokens = "tokens";
    public const string Webhooks = "webhooks";
}

/// <summary>Names the OpenAPI document of a route; without it, the route is in <see cref="ApiDocument.Native"/>.</summary>
internal sealed record InDocument(string Name);

/// <summary>The name of an operation, which generated clients call their methods by: stable, and unique in its document.</summary>
internal sealed record OperationName(string Name);

/// <summary>Headers that answers of these statuses carry.</summary>
internal sealed record SendsHeader(string Name, IReadOnlyList<int> Statuses)
{
    /// <summary>False when an answer may lack it.</summary>
    public bool IsAlwaysSent { get; init; } = true;
}

/// <summary>A problem that a route answers with; of its status, only those that are named so.</summary>
internal sealed record RefusesWith(Problem Problem);

/// <summary>Another scheme of authentication that a route takes beside bearer tokens.</summary>
internal sealed record AlsoTakes(string Scheme);
