using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Answers in the media type of the standard, or as plain JSON for those who ask for that (RFC 7644, 3.1).</summary>
internal static class ScimAnswer
{
    /// <summary>A resource or message.</summary>
    public static Answer Of(HttpRequest request, int status, JsonNode body) => new(status, JsonSerializer.SerializeToUtf8Bytes(body, JsonText.Options))
    {
        ContentType = TakesPlainJsonOnly(request.Headers.Accept.ToString()) ? "application/json; charset=utf-8" : $"{ScimServices.MediaType}; charset=utf-8",
    };

    // Who takes both gets the type of the standard.
    private static bool TakesPlainJsonOnly(string accept) =>
        accept.Contains("application/json", StringComparison.OrdinalIgnoreCase) && !accept.Contains(ScimServices.MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>A user.</summary>
    public static Answer Of(HttpRequest request, int status, ScimUser user, ScimProjection projection)
    {
        var baseUrl = BaseUrl(request);
        return Of(request, status, projection.Apply(user.ToJson(baseUrl))) with
        {
            ETag = user.ETag,
            Location = status == StatusCodes.Status201Created ? user.Location(baseUrl) : null,
        };
    }

    /// <summary>Answers with the error when a handler ends with one.</summary>
    public static async ValueTask<object?> CatchAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ScimException failure)
        {
            return Of(context.HttpContext.Request, failure.Status, ScimErrors.Body(failure));
        }
    }

    /// <summary>The address of the door by which the request came, which ends in <c>/v2</c>.</summary>
    public static string BaseUrl(HttpRequest request)
    {
        var path = request.Path.Value!;
        var end = path.IndexOf("/v2/", StringComparison.OrdinalIgnoreCase);
        return $"{request.Scheme}://{request.Host}{request.PathBase}{path[..(end + "/v2".Length)]}";
    }
}
