using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Describes routes for the OpenAPI document.</summary>
internal static class ScimRoutes
{
    private static readonly DescribedParameter[] Projection =
    [
        new(
            "attributes",
            "The attributes to return, separated by commas, such as userName,name.familyName. id and schemas are always returned."),
        new("excludedAttributes", "The attributes to leave out, separated by commas."),
    ];

    private static readonly DescribedParameter[] Query =
    [
        new("filter", "A filter of RFC 7644, 3.4.2.2, such as userName sw \"j\" and not (emails[type eq \"home\"])."),
        new("sortBy", "The attribute to sort by. The default is the id."),
        new("sortOrder", "ascending (the default) or descending."),
        new("startIndex", "The index of the first user, from 1."),
        new("count", "The maximum number of users, 0 to 1000, with a cursor from 1. The default is 100."),
        new("cursor", "Pages by cursor (RFC 9865): empty for the first page, then the nextCursor of the previous page."),
        .. Projection,
    ];

    /// <summary>Declares the parameters and the result of a list.</summary>
    public static RouteHandlerBuilder ListsUsers(this RouteHandlerBuilder route) =>
        route.WithMetadata([.. Query]).ProducesScim<ScimListDocument>(200);

    /// <summary>Declares a user, whose attributes the caller can select.</summary>
    public static RouteHandlerBuilder ProducesUser(this RouteHandlerBuilder route, int status) =>
        route.WithMetadata([.. Projection]).ProducesScim<ScimUserDocument>(status);

    /// <summary>Declares a resource or message as the result.</summary>
    public static RouteHandlerBuilder ProducesScim<T>(this RouteHandlerBuilder route, int status) =>
        route.Produces<T>(status, ScimServices.MediaType, "application/json");

    /// <summary>Declares a resource or message as the body.</summary>
    public static RouteHandlerBuilder AcceptsScim<T>(this RouteHandlerBuilder route)
        where T : notnull => route.Accepts<T>(ScimServices.MediaType, "application/json");

    /// <summary>Declares the statuses of the errors.</summary>
    public static RouteHandlerBuilder ScimProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ScimErrorDocument>(status, ScimServices.MediaType);
        }

        return route;
    }
}
