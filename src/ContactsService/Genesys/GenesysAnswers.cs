using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>A list of contacts.</summary>
/// <param name="StatusCode">0.</param>
/// <param name="TotalCount">The number of matching contacts, regardless of limit and offset.</param>
/// <param name="Contacts">The contacts of this page.</param>
internal sealed record GenesysContactList(int StatusCode, long TotalCount, IReadOnlyList<GenesysContact> Contacts);

/// <summary>A contact.</summary>
/// <param name="StatusCode">0.</param>
/// <param name="Contact">The contact.</param>
internal sealed record GenesysContactAnswer(int StatusCode, GenesysContact Contact);

/// <summary>Success without a result.</summary>
/// <param name="StatusCode">0.</param>
internal sealed record GenesysDone(int StatusCode);

/// <summary>The version of the service.</summary>
/// <param name="StatusCode">0.</param>
/// <param name="Version">Such as 1.0.0.</param>
internal sealed record GenesysVersion(int StatusCode, string Version);

/// <summary>The caller.</summary>
/// <param name="StatusCode">0.</param>
/// <param name="User">The caller.</param>
internal sealed record GenesysMe(int StatusCode, GenesysUser User);

/// <summary>A caller.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserName">The same value as id.</param>
/// <param name="Roles">ROLE_AGENT, and ROLE_ADMIN for an admin.</param>
internal sealed record GenesysUser(string Id, string UserName, IReadOnlyList<string> Roles);

/// <summary>Describes routes for the OpenAPI document.</summary>
internal static class GenesysRoutes
{
    /// <summary>Declares the statuses of the errors, in the vendor's form.</summary>
    public static void GenesysProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<GenesysError>(status, "application/json");
        }
    }

    /// <summary>Declares the query parameters of the list.</summary>
    public static RouteHandlerBuilder ListsGenesysContacts(this RouteHandlerBuilder route) => route.WithMetadata([
        new ReadsQuery(),
        .. GenesysAttributes.All.All.Select(attribute => new DescribedParameter(attribute.Name, Describe(attribute))),
        new DescribedParameter("roles", $"One or more of {string.Join(", ", GenesysAttributes.Roles)}, separated by commas."),
        new DescribedParameter(
            "filterName",
            $"{GenesysFilter.NamesOrPhoneNumberMatches}: every argument in filterParameters must match a whole name or number."),
        new DescribedParameter(
            "filterParameters", "The arguments of the filter, separated by commas. * matches any text. Example: jo*,555*"),
        new DescribedParameter("fields", "The members to return, separated by commas; * for all. The id is always returned."),
        new DescribedParameter("sortBy", "The attributes to sort by, separated by commas. The default is name."),
        new DescribedParameter("order", "Ascending or Descending."),
        new DescribedParameter("limit", "The maximum number of contacts, 1 to 1000. The default is 100."),
        new DescribedParameter("offset", "The number of contacts to skip."),
    ]);

    private static string Describe(Filtering.Attribute attribute) => attribute.Kind switch
    {
        AttributeKind.Id => "One or more ids, separated by commas.",
        AttributeKind.Word => $"One or more of {string.Join(", ", attribute.Words)}, separated by commas, case-insensitive.",
        AttributeKind.Phones => "One or more numbers, separated by commas, compared by their digits; * for any number.",
        _ when attribute.Name == "name" =>
            "One or more names, separated by commas, case-insensitive. For users, the user name matches too.",
        _ => "One or more texts, separated by commas, case-insensitive.",
    };
}
