using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Creates answers in the media type of SCIM, or as plain JSON when the caller accepts only that (RFC 7644, 3.1).</summary>
internal static class ScimAnswer
{
    /// <summary>Returns a resource or message.</summary>
    public static Answer Of(HttpRequest request, int status, JsonNode body) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, JsonText.Options))
        {
            ContentType = AcceptsPlainJsonOnly(request.Headers.Accept.ToString())
            ? "application/json; charset=utf-8"
            : $"{ScimServices.MediaType}; charset=utf-8",
        };

    // A caller that accepts both gets the media type of SCIM.
    private static bool AcceptsPlainJsonOnly(string accept) =>
        accept.Contains("application/json", StringComparison.OrdinalIgnoreCase)
        && !accept.Contains(ScimServices.MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a user.</summary>
    public static Answer Of(HttpRequest request, int status, ScimUser user, ScimProjection projection)
    {
        var baseUrl = BaseUrl(request);
        return Of(request, status, projection.Apply(user.ToJson(baseUrl))) with
        {
            ETag = user.ETag,
            Location = status == StatusCodes.Status201Created ? user.Location(baseUrl) : null,
        };
    }

    /// <summary>Converts exceptions of handlers to SCIM errors.</summary>
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

    /// <summary>Returns the base address of the API that the request used. It ends in <c>/v2</c>.</summary>
    public static string BaseUrl(HttpRequest request)
    {
        var path = request.Path.Value!;
        var end = path.IndexOf("/v2/", StringComparison.OrdinalIgnoreCase);
        return $"{request.Scheme}://{request.Host}{request.PathBase}{path[..(end + "/v2".Length)]}";
    }
}
