namespace ContactsService.Http;

/// <summary>Marks an endpoint that reads its query itself and refuses what it does not know.</summary>
internal sealed class ReadsQuery;

/// <summary>Marks an endpoint that passes over these parameters, because a standard wants it to.</summary>
internal sealed record IgnoresParameters(IReadOnlyList<string> Names);

/// <summary>Marks pages for people.</summary>
internal sealed class AnswersOtherThanJson;

/// <summary>Marks a route that honours <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotentRoute;

/// <summary>Marks a route that writes to the organization's book: its writers wait for that one, not for the caller's own.</summary>
internal sealed class WritesOrganizationBook;

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

/// <summary>Another scheme of authentication that a route takes beside bearer tokens.</summary>
internal sealed record AlsoTakes(string Scheme);
