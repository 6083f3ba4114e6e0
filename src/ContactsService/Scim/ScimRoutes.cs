using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Describes routes for the OpenAPI document.</summary>
internal static class ScimRoutes
{
    private static readonly DescribedParameter[] Projection =
    [
        new("attributes", "The attributes to answer with, such as userName,name.familyName; id and schemas are always there."),
        new("excludedAttributes", "The attributes to leave out, separated by commas."),
    ];

    private static readonly DescribedParameter[] Query =
    [
        new("filter", "A filter of RFC 7644, 3.4.2.2, such as userName sw \"j\" and not (emails[type eq \"home\"])."),
        new("sortBy", "The attribute to sort by; by id when left out."),
        new("sortOrder", "ascending when left out.") { Words = ["ascending", "descending"] },
        new("startIndex", "The place of the first one, from 1.") { Type = ParameterType.Number },
        new("count", "The most users of a page; 1000 at most, 100 when left out. With a cursor from 1.") { Type = ParameterType.Number },
        new("cursor", "Pages by cursor (RFC 9865): empty for the first one, then the nextCursor of the page before."),
        .. Projection,
    ];

    /// <summary>Declares the parameters and the result of a list.</summary>
    public static RouteHandlerBuilder ListsUsers(this RouteHandlerBuilder route) =>
        route.WithMetadata([new HasPages(), .. Query]).ProducesScim<ScimListDocument>(200);

    /// <summary>Declares a user, whose attributes the caller can select.</summary>
    public static RouteHandlerBuilder ProducesUser(this RouteHandlerBuilder route, int status) =>
        route.WithMetadata([.. Projection]).ProducesScim<ScimUserDocument>(status).SendsETag(status, StatusCodes.Status304NotModified);

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
            route.Produces<ScimErrorDocument>(status, ScimServices.MediaType, "application/json");
        }

        return route;
    }
}
