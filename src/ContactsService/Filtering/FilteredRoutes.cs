using ContactsService.Http;

namespace ContactsService.Filtering;

/// <summary>Routes of lists.</summary>
internal static class FilteredRoutes
{
    /// <summary>Marks a list: its query parameters are these attributes, and the order, page and fields of <see cref="ListQuery"/>.</summary>
    public static RouteHandlerBuilder Lists(this RouteHandlerBuilder route, AttributeSet attributes) =>
        route.WithMetadata(new ReadsQuery(), attributes);
}
