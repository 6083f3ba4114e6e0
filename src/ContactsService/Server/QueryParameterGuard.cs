using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Refuses parameters that no handler reads: ignoring one would answer another question than was asked.</summary>
internal static class QueryParameterGuard
{
    /// <summary>Adds the guard behind the routing.</summary>
    public static void UseQueryGuard(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.QueryString.HasValue
            && http.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<ReadsQuery>() is null)
        {
            var ignored = endpoint.Metadata.GetMetadata<IgnoresParameters>()?.Names ?? [];
            Refuse(http, [.. endpoint.Metadata.OfType<DescribedParameter>().Select(parameter => parameter.Name)], ignored);
        }

        return next(http);
    });

    private static void Refuse(HttpContext http, string[] known, IReadOnlyList<string> ignored)
    {
        var unknown = http.Request.Query.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal) && !ignored.Contains(name, StringComparer.Ordinal)).ToList();
        if (unknown.Count > 0)
        {
            var why = known.Length == 0 ? "No query parameters are known here." : $"There are: {string.Join(", ", known)}.";
            throw new ProblemException(Problems.UnknownParameter, why)
            {
                Errors = unknown.ToDictionary(name => name, _ => (string[])[why], StringComparer.Ordinal),
            };
        }
    }
}
