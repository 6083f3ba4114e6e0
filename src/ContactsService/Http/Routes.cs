namespace ContactsService.Http;

/// <summary>What a route takes and gives, said once beside it, for the OpenAPI document.</summary>
internal static class Routes
{
    /// <summary>The body it takes.</summary>
    public static RouteHandlerBuilder AcceptsJson<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json");

    /// <summary>The body of a merge patch; plain JSON is taken for one, too.</summary>
    public static RouteHandlerBuilder AcceptsPatch<T>(this RouteHandlerBuilder route)
        where T : class => route.Accepts<PatchOf<T>>("application/merge-patch+json", "application/json");

    /// <summary>The name of the operation.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder route, string name) => route.WithMetadata(new OperationName(name));

    /// <summary>Answers of these statuses carry an ETag.</summary>
    public static RouteHandlerBuilder SendsETag(this RouteHandlerBuilder route, params int[] statuses) =>
        route.WithMetadata(new SendsHeader("ETag", statuses));

    /// <summary>201 carries the address of what was created.</summary>
    public static RouteHandlerBuilder SendsLocation(this RouteHandlerBuilder route) =>
        route.WithMetadata(new SendsHeader("Location", [StatusCodes.Status201Created]));

    /// <summary>The statuses of its problems.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemView>(status, "application/problem+json");
        }

        return route;
    }
}

/// <summary>What went wrong, as problem details (RFC 9457).</summary>
internal sealed record ProblemView
{
    /// <summary>Where the problem is explained.</summary>
    public required string Type { get; init; }

    /// <summary>The same sentence for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong here, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>Stable: what programs look at.</summary>
    public required string Code { get; init; }

    /// <summary>Sentences by JSON member or query parameter.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>With a conflict: the contact it is with.</summary>
    public string? ContactId { get; init; }

    /// <summary>With a conflict: the group it is with.</summary>
    public string? GroupId { get; init; }

    /// <summary>Links to the service's log.</summary>
    public required string TraceId { get; init; }
}
