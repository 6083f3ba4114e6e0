namespace ContactsService.Http;

/// <summary>A kind of failure that callers can meet.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Lower-case with hyphens. It never changes; programs compare it.</param>
/// <param name="Title">A short text for people, the same for every occurrence.</param>
internal sealed record Problem(int Status, string Code, string Title)
{
    /// <summary>True when only routes that name it (<see cref="RefusesWith"/>) answer with it.</summary>
    public bool IsNamedByRoutes { get; init; }
}

/// <summary>The catalogue of problems. <c>docs/problems.md</c> explains each; a test compares the two.</summary>
internal static class Problems
{
    public static readonly Problem Malformed = new(400, "malformed-request", "Malformed request");
    public static readonly Problem InvalidJson = new(400, "invalid-json", "Invalid JSON");
    public static readonly Problem InvalidMembers = new(400, "invalid-members", "Invalid members");
    public static readonly Problem InvalidHeader = new(400, "invalid-header", "Invalid header");
    public static readonly Problem InvalidFilter = new(400, "invalid-filter", "Invalid filter");
    public static readonly Problem InvalidPageToken = new(400, "invalid-page-token", "Invalid page token");
    public static readonly Problem InvalidChangeToken = new(400, "invalid-change-token", "Invalid change token");
    public static readonly Problem UnknownParameter = new(400, "unknown-parameter", "Unknown query parameter");
    public static readonly Problem Unauthenticated = new(401, "unauthenticated", "Authentication required");
    public static readonly Problem Forbidden = new(403, "forbidden", "Permission denied");
    public static readonly Problem InsufficientScope = new(403, "insufficient-scope", "Scope of the token not sufficient");
    public static readonly Problem DirectoryReadOnly = new(403, "directory-read-only", "Directory entry is read-only");
    public static readonly Problem NotFound = new(404, "not-found", "Resource not found");
    public static readonly Problem MethodNotAllowed = new(405, "method-not-allowed", "Method not allowed");
    public static readonly Problem NotAcceptable = new(406, "not-acceptable", "Media type not acceptable");
    public static readonly Problem BodyTimeout = new(408, "body-timeout", "Request body timeout");
    public static readonly Problem ContactExists = new(409, "contact-exists", "Contact already exists");
    public static readonly Problem GroupNameTaken = new(409, "group-name-taken", "Group name already in use");
    public static readonly Problem DefaultGroupInUse = new(409, "default-group-in-use", "Default group is not empty");
    public static readonly Problem LastGroup = new(409, "last-group", "Contact has no other group");
    public static readonly Problem GroupLimit = new(409, "group-limit", "Too many groups for a contact");
    public static readonly Problem WebhookLimit = new(409, "webhook-limit", "Too many webhooks") { IsNamedByRoutes = true };
    public static readonly Problem TokenExpired = new(410, "token-expired", "Change token expired");
    public static readonly Problem Stale = new(412, "stale", "Precondition failed");
    public static readonly Problem BodyTooLarge = new(413, "body-too-large", "Request body too large");
    public static readonly Problem UnsupportedMediaType = new(415, "unsupported-media-type", "Unsupported media type");
    public static readonly Problem KeyReused = new(422, "idempotency-key-reused", "Idempotency key already used");
    public static readonly Problem BulkFailed = new(422, "bulk-failed", "Bulk request failed") { IsNamedByRoutes = true };
    public static readonly Problem FailedDependency = new(424, "failed-dependency", "Operation not executed");
    public static readonly Problem TooManyRequests = new(429, "too-many-requests", "Too many requests");
    public static readonly Problem HeadersTooLarge = new(431, "headers-too-large", "Request headers too large");
    public static readonly Problem Internal = new(500, "internal-error", "Internal error");
    public static readonly Problem Unavailable = new(503, "unavailable", "Service unavailable");

    /// <summary>All problems by code.</summary>
    public static IReadOnlyDictionary<string, Problem> All { get; } = typeof(Problems).GetFields()
        .Select(field => (Problem)field.GetValue(null)!)
        .ToDictionary(problem => problem.Code, StringComparer.Ordinal);

    /// <summary>Returns the problem for a status that the framework set, such as 404 for an unknown path.</summary>
    public static Problem Of(int status) => status switch
    {
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        408 => BodyTimeout,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        431 => HeadersTooLarge,
        503 => Unavailable,
        >= 500 => Internal,
        _ => Malformed,
    };
}

/// <summary>Ends a request with a problem. Nothing that the request did is stored.</summary>
internal sealed class ProblemException(Problem problem, string detail) : Exception(detail)
{
    public Problem Problem { get; } = problem;

    /// <summary>Sentences by JSON member or query parameter; empty when the problem concerns no single one.</summary>
    public Dictionary<string, string[]> Errors { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Further members of the answer, such as the id of a conflicting resource.</summary>
    public Dictionary<string, object> Extensions { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The current ETag, for <c>stale</c>; null for other problems.</summary>
    public string? ETag { get; init; }

    /// <summary>
    /// Creates the exception for a resource that does not exist or is not visible to the caller. The answers do not differ.
    /// </summary>
    public static ProblemException NotFound(string noun) =>
        new(Problems.NotFound, $"No {noun} with this id is visible to you.");
}
