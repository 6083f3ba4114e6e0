namespace ContactsService.Http;

/// <summary>
/// How failures look under one path, for doors that speak another API than ours. A room registers its own as a singleton;
/// whatever fails under the path then looks like that, unknown addresses and unreadable requests included. Statuses stay what they are.
/// </summary>
/// <param name="Prefix">Whole segments, such as <c>/scim/v2</c>; no two rooms share one.</param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">Writes the body.</param>
internal sealed record ErrorShape(PathString Prefix, string ContentType, Func<ProblemException, ReadOnlyMemory<byte>> Body)
{
    /// <summary>The media types of bodies that the door takes.</summary>
    public IReadOnlyList<string> Takes { get; init; } = ["application/json"];

    /// <summary>What a 401 says in <c>WWW-Authenticate</c> (RFC 9110, 11.6.1).</summary>
    public string Challenge { get; init; } = "Bearer";
}
