using Microsoft.Extensions.Primitives;

namespace ContactsService.Scim;

/// <summary>
/// The versions of a user that a write may replace: <c>If-Match</c>, or <c>version</c> of a bulk operation (RFC 7644, 3.14 and 3.7).
/// </summary>
internal sealed record ScimPrecondition(StringValues Tags)
{
    /// <summary>Binds the parameter of a handler.</summary>
    public static ValueTask<ScimPrecondition> BindAsync(HttpContext http) =>
        ValueTask.FromResult(new ScimPrecondition(http.Request.Headers.IfMatch));

    /// <summary>
    /// Throws when none of the versions is the current one. Weak tags are compared like strong ones, because SCIM has only weak ones.
    /// </summary>
    /// <exception cref="ScimException">412.</exception>
    public void Require(string current)
    {
        var tags = Tags.SelectMany(tags => (tags ?? "").Split(',')).Select(tag => tag.Trim()).ToList();
        if (tags.Count > 0 && !tags.Exists(tag => tag == "*" || Plain(tag) == Plain(current)))
        {
            throw new ScimException(
                StatusCodes.Status412PreconditionFailed, null, $"The user has changed; its current version is {current}. Read it again.");
        }
    }

    private static string Plain(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
