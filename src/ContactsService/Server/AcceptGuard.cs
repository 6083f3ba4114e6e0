using ContactsService.Http;
using Microsoft.Net.Http.Headers;

namespace ContactsService.Server;

/// <summary>Answers 406 to callers that do not accept JSON, before the request is executed.</summary>
internal static class AcceptGuard
{
    public static void UseAcceptGuard(this WebApplication app) => app.Use((http, next) =>
    {
        var accept = http.Request.Headers.Accept;
        if (accept.Count > 0 && accept.ToString() is not ("" or "*/*" or "application/json")
            && http.GetEndpoint()?.Metadata.GetMetadata<AnswersOtherThanJson>() is null
            && MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            && !ranges.Any(TakesJson))
        {
            throw new ProblemException(Problems.NotAcceptable, "Send 'Accept: application/json', or leave the Accept header out.");
        }

        return next(http);
    });

    private static bool TakesJson(MediaTypeHeaderValue range) =>
        range.Quality is not 0 && (range.MatchesAllTypes
            || (range.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                && (range.MatchesAllSubTypes || range.SubType.Value is "json" or "scim+json")));
}
