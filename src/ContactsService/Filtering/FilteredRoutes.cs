using ContactsService.Http;

namespace ContactsService.Filtering;

/// <summary>Routes of lists.</summary>
internal static class FilteredRoutes
{
    /// <summary>
    /// Marks a list: its query parameters are these attributes with their operators, and the order, page and fields of
    /// <see cref="ListQuery"/>. Its pages carry an ETag, and a link to the next page.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="attributes">What it is filtered and sorted by.</param>
    /// <param name="first">The attributes that most callers use: they stand first in the OpenAPI document.</param>
    public static RouteHandlerBuilder Lists(this RouteHandlerBuilder route, AttributeSet attributes, params string[] first) => route
        .WithMetadata([new ReadsQuery(), new HasPages(), .. FilterParameters.Of(attributes, first)])
        .WithMetadata(new SendsHeader("Link", [StatusCodes.Status200OK]) { IsAlwaysSent = false })
        .SendsETag(StatusCodes.Status200OK, StatusCodes.Status304NotModified);
}
