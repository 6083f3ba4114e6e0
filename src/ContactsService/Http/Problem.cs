namespace ContactsService.Http;

/// <summary>One kind of failure a caller can meet.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, lower-case: what programs look at.</param>
/// <param name="Title">The same sentence for every occurrence.</param>
internal sealed record Problem(int Status, string Code, string Title);

/// <summary>Every problem there is; <c>docs/problems.md</c> explains each, and a test compares the two.</summary>
internal static class Problems
{
    public static readonly Problem Malformed = new(400, "malformed-request", "The request cannot be read");
    public static readonly Problem InvalidJson = new(400, "invalid-json", "The body is not readable JSON");
    public static readonly Problem InvalidMembers = new(400, "invalid-members", "Members of the body break a rule");
    public static readonly Problem InvalidHeader = new(400, "invalid-header", "A header cannot be read");
    public static readonly Problem InvalidFilter = new(400, "invalid-filter", "A filter, order or page parameter is not known here");
    public static readonly Problem InvalidPageToken = new(400, "invalid-page-token", "The page token belongs to another query");
    public static readonly Problem UnknownParameter = new(400, "unknown-parameter", "A query parameter is not known here");
    public static readonly Problem Unauthenticated = new(401, "unauthenticated", "A valid token is needed");
    public static readonly Problem Forbidden = new(403, "forbidden", "Your role may not do this");
    public static readonly Problem DirectoryReadOnly = new(403, "directory-read-only", "Directory entries are written by provisioning");
    public static readonly Problem NotFound = new(404, "not-found", "There is nothing here that you can see");
    public static readonly Problem MethodNotAllowed = new(405, "method-not-allowed", "This address does not take that method");
    public static readonly Problem NotAcceptable = new(406, "not-acceptable", "Answers are JSON");
    public static readonly Problem BodyTimeout = new(408, "body-timeout", "The body came too slowly");
    public static readonly Problem ContactExists = new(409, "contact-exists", "The book has a contact with this id");
    public static readonly Problem GroupNameTaken = new(409, "group-name-taken", "The book has a group of this name");
    public static readonly Problem DefaultGroupInUse = new(409, "default-group-in-use", "The default group is not empty");
    public static readonly Problem LastGroup = new(409, "last-group", "A contact is always in a group");
    public static readonly Problem GroupLimit = new(409, "group-limit", "A contact is in at most 100 groups");
    public static readonly Problem Stale = new(412, "stale", "It has changed since you read it");
    public static readonly Problem BodyTooLarge = new(413, "body-too-large", "The body is too large");
    public static readonly Problem UnsupportedMediaType = new(415, "unsupported-media-type", "The body's media type is not taken here");
    public static readonly Problem KeyReused = new(422, "idempotency-key-reused", "The Idempotency-Key belongs to another request");
    public static readonly Problem TooManyRequests = new(429, "too-many-requests", "You are asking too often");
    public static readonly Problem HeadersTooLarge = new(431, "headers-too-large", "The headers are too large");
    public static readonly Problem Internal = new(500, "internal-error", "The service failed");
    public static readonly Problem Unavailable = new(503, "unavailable", "The service cannot reach its database");

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyDictionary<string, Problem> All { get; } = typeof(Problems).GetFields()
        .Select(field => (Problem)field.GetValue(null)!)
        .ToDictionary(problem => problem.Code, StringComparer.Ordinal);

    /// <summary>The problem for a status that arose outside of our code, such as an unknown path.</summary>
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

/// <summary>Ends a request with a problem; nothing it did is stored.</summary>
internal sealed class ProblemException(Problem problem, string detail) : Exception(detail)
{
    /// <summary>The kind of failure.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>Sentences by JSON member or query parameter; empty when no single one is to blame.</summary>
    public Dictionary<string, string[]> Errors { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Further members of the answer, such as the id that a conflict is with.</summary>
    public Dictionary<string, string> Extensions { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The ETag of what is there now, for <c>stale</c>; null for others.</summary>
    public string? ETag { get; init; }

    /// <summary>What the caller cannot see, whether it exists or not.</summary>
    public static ProblemException NotFound(string noun) =>
        new(Problems.NotFound, $"No {noun} of this id is yours to see.");
}
