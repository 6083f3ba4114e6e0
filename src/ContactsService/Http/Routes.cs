namespace ContactsService.Http;

/// <summary>Describes routes for the OpenAPI document.</summary>
internal static class Routes
{
    /// <summary>Declares the JSON body.</summary>
    public static RouteHandlerBuilder AcceptsJson<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>("application/json");

    /// <summary>Declares the body of a merge patch. Plain JSON is accepted as well.</summary>
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
    /// <summary>The address of the page that explains the problem.</summary>
    public required string Type { get; init; }

    /// <summary>A short text, the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong here, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The code for programs to compare. It never changes.</summary>
    public required string Code { get; init; }

    /// <summary>Sentences by JSON member or query parameter.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The id of the contact that a conflict is about.</summary>
    public string? ContactId { get; init; }

    /// <summary>The id of the group that a conflict is about.</summary>
    public string? GroupId { get; init; }

    /// <summary>With <c>bulk-failed</c>: the results of the operations, none of which was stored.</summary>
    public IReadOnlyList<object>? Results { get; init; }

    /// <summary>The id of the request in the service's log.</summary>
    public required string TraceId { get; init; }
}
