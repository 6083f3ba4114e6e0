using ContactsService.Http;
using Microsoft.Net.Http.Headers;

namespace ContactsService.Server;

/// <summary>Answers 406 to callers that do not accept what the endpoint answers with, before the request is executed.</summary>
internal static class AcceptGuard
{
    public static void UseAcceptGuard(this WebApplication app) => app.Use((http, next) =>
    {
        var accept = http.Request.Headers.Accept;
        var metadata = http.GetEndpoint()?.Metadata;
        var isEventStream = metadata?.GetMetadata<AnswersEventStream>() is not null;
        if (accept.Count > 0 && accept.ToString() is not ("" or "*/*") && (isEventStream || accept.ToString() != "application/json")
            && metadata?.GetMetadata<AnswersOtherThanJson>() is null
            && MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            && !ranges.Any(isEventStream ? TakesEvents : TakesJson))
        {
            var media = isEventStream ? AnswersEventStream.MediaType : "application/json";
            throw new ProblemException(Problems.NotAcceptable, $"Send 'Accept: {media}', or leave the Accept header out.");
        }

        return next(http);
    });

    private static bool TakesEvents(MediaTypeHeaderValue range) =>
        range.Quality is not 0 && (range.MatchesAllTypes
            || (range.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
                && (range.MatchesAllSubTypes || range.SubType.Equals("event-stream", StringComparison.OrdinalIgnoreCase))));

    private static bool TakesJson(MediaTypeHeaderValue range) =>
        range.Quality is not 0 && (range.MatchesAllTypes
            || (range.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                && (range.MatchesAllSubTypes || range.SubType.Value is "json" or "scim+json")));
}
