using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>A list of contacts.</summary>
/// <param name="StatusCode">0.</param>
/// <param name="TotalCount">How many match, whatever limit and offset say.</param>
/// <param name="Contacts">Those asked for.</param>
internal sealed record GenesysContactList(int StatusCode, long TotalCount, IReadOnlyList<EntryOf<GenesysContact>> Contacts);

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
    /// <summary>The statuses of its failures, in the vendor's shape.</summary>
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
        .. GenesysAttributes.All.All.Select(attribute => new DescribedParameter(attribute.Name, Describe(attribute))
        {
            IsRepeated = true,
            Words = attribute.Words,
        }),
        new DescribedParameter("roles", "Any of these.") { IsRepeated = true, Words = GenesysAttributes.Roles },
        new DescribedParameter(
            "filterName",
            $"{GenesysFilter.NamesOrPhoneNumberMatches}: every argument in filterParameters is the whole of a name or a number.")
        {
            Words = [GenesysFilter.NamesOrPhoneNumberMatches],
        },
        new DescribedParameter("filterParameters", "Arguments of the filter, such as jo*; * stands for any text.") { IsRepeated = true },
        new DescribedParameter("fields", "The members to answer with, separated by commas; * for all. The id is always there."),
        new DescribedParameter("sortBy", "Attributes to sort by, separated by commas; name when left out."),
        new DescribedParameter("order", "Ascending when left out.") { Words = ["Ascending", "Descending"] },
        new DescribedParameter("limit", "The most contacts of an answer.")
        {
            Type = ParameterType.Number,
            Minimum = 1,
            Maximum = GenesysQuery.MaxLimit,
            Default = GenesysQuery.DefaultLimit,
        },
        new DescribedParameter("offset", "How many to leave out at the beginning.") { Type = ParameterType.Number, Minimum = 0 },
    ]);

    private static string Describe(Filtering.Attribute attribute) => attribute.Kind switch
    {
        AttributeKind.Id => "Any of these ids.",
        AttributeKind.Word => "Any of these.",
        AttributeKind.Phones => "Any of these numbers, by their digits; a single * for any number at all.",
        _ when attribute.Name == "name" => "Any of these names, in any case; for users also the user name.",
        _ => "Any of these texts, in any case.",
    };
}
