namespace ContactsService.Http;

/// <summary>
/// The form of error responses below one path, for APIs that follow another vendor or protocol. A module registers its own as singletons.
/// It applies to all failures below the path, unknown addresses and unreadable requests included. Statuses do not change.
/// </summary>
/// <param name="Prefix">Whole segments, such as <c>/scim/v2</c>. No two modules use the same one.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">Serializes the body.</param>
internal sealed record ErrorShape(PathString Prefix, string ContentType, Func<ProblemException, ReadOnlyMemory<byte>> Body)
{
    /// <summary>The media types of request bodies that the API accepts.</summary>
    public IReadOnlyList<string> AcceptedMediaTypes { get; init; } = ["application/json"];

    /// <summary>The value of <c>WWW-Authenticate</c> in a 401 (RFC 9110, 11.6.1).</summary>
    public string Challenge { get; init; } = "Bearer";
}
