using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Refuses query parameters that no handler reads. Ignoring one would answer another request than was sent.</summary>
internal static class QueryParameterGuard
{
    /// <summary>Adds the middleware, which must follow routing.</summary>
    public static void UseQueryGuard(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.QueryString.HasValue
            && http.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<ReadsQuery>() is null)
        {
            var ignored = endpoint.Metadata.GetMetadata<IgnoresParameters>()?.Names ?? [];
            Refuse(http.Request.Query, [.. endpoint.Metadata.OfType<DescribedParameter>().Select(parameter => parameter.Name)], ignored);
        }

        return next(http);
    });

    /// <summary>Throws when the query has another parameter than these.</summary>
    /// <exception cref="ProblemException"><c>unknown-parameter</c>.</exception>
    public static void Refuse(IQueryCollection query, string[] known, IReadOnlyList<string> ignored)
    {
        var unknown = query.Keys
            .Where(name => !known.Contains(name, StringComparer.Ordinal) && !ignored.Contains(name, StringComparer.Ordinal))
            .ToList();
        if (unknown.Count > 0)
        {
            var detail = known.Length == 0
                ? "This address has no query parameters. Leave the query out."
                : $"Unknown query parameter. Use one of: {string.Join(", ", known)}.";
            throw new ProblemException(Problems.UnknownParameter, detail)
            {
                Errors = unknown.ToDictionary(name => name, _ => (string[])[detail], StringComparer.Ordinal),
            };
        }
    }
}
