using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>Filters as the vendor writes them: any attribute, a comma for any of several values, and its one built-in filter.</summary>
internal static class GenesysFilter
{
    /// <summary>The built-in filter; its arguments stand in <c>filterParameters</c>.</summary>
    public const string NamesOrPhoneNumberMatches = "NamesOrPhoneNumberMatches";

    private const int MaxArguments = 20;

    private static readonly Comparison IsUser = new(GenesysAttributes.Of("type"), ComparisonOperator.Equal, "User");
    private static readonly Comparison IsNoUser = new(GenesysAttributes.Of("type"), ComparisonOperator.Equal, "Queue", "Custom");

    /// <summary>One parameter that is an attribute.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: there is no such attribute, or it never has such a value.</exception>
    public static Predicate Read(string parameter, IReadOnlyList<string> values)
    {
        if (parameter == "roles")
        {
            return Roles(values);
        }

        var attribute = GenesysAttributes.All.Find(parameter)
            ?? throw GenesysErrors.Parameter(parameter, GenesysErrors.Invalid, Unknown(parameter));
        if (attribute.Kind is AttributeKind.Phones && values is ["*"])
        {
            return new Comparison(attribute, ComparisonOperator.Exists, "true");
        }

        var given = FilterReader.Read(GenesysAttributes.All, parameter, Split(parameter, values));
        if (attribute.Kind is AttributeKind.Phones && values.Any(value => value.Contains('*', StringComparison.Ordinal)))
        {
            throw GenesysErrors.Parameter(
                parameter,
                GenesysErrors.Invalid,
                $"A single * means any number. Use wildcards with filterName={NamesOrPhoneNumberMatches}.");
        }

        // The older pages say that a user's name is the person's name, the newer ones that it is the user name.
        return attribute == GenesysAttributes.Of("name")
            ? new Or(given, new And(IsUser, given with { Attribute = GenesysAttributes.Of("userName") }))
            : given;
    }

    /// <summary>The built-in filter: every argument has to be found in a name or a number.</summary>
    public static IEnumerable<Predicate> Matches(IReadOnlyList<string> values)
    {
        var arguments = Split("filterParameters", values);
        if (arguments.Count > MaxArguments)
        {
            throw GenesysErrors.Parameter("filterParameters", GenesysErrors.OutOfRange, $"Give at most {MaxArguments}.");
        }

        // Asterisks alone are found in everything, also in a contact that has neither name nor number.
        return arguments.Where(argument => argument.Any(c => c != '*')).Select(Match);
    }

    private static Predicate Match(string argument)
    {
        Comparison Like(string attribute) => FilterReader.Like(GenesysAttributes.Of(attribute), "filterParameters", argument);
        return new Or(
            new And(IsUser, new Or(Like("firstName"), Like("lastName"), Like("userName"))),
            new And(IsNoUser, Like("name")),
            Like("phoneNumber"));
    }

    // Whoever is in the directory may be an agent; who is an admin, tokens say and the directory does not.
    private static Predicate Roles(IReadOnlyList<string> values)
    {
        var asked = Split("roles", values).Select(value =>
            GenesysAttributes.Roles.FirstOrDefault(role => role.Equals(value, StringComparison.OrdinalIgnoreCase))
            ?? throw GenesysErrors.Parameter(
                "roles", GenesysErrors.OutOfRange, $"The value must be one of: {string.Join(", ", GenesysAttributes.Roles)}.")).ToList();
        return asked.Contains(GenesysAttributes.AgentRole, StringComparer.Ordinal) ? IsUser : Predicate.None;
    }

    private static List<string> Split(string parameter, IReadOnlyList<string> values)
    {
        var all = values.SelectMany(value => value.Split(',')).ToList();
        return all.Contains("", StringComparer.Ordinal)
            ? throw GenesysErrors.Parameter(parameter, GenesysErrors.Invalid, "A value must not be empty.")
            : all;
    }

    private static string Unknown(string parameter) => parameter switch
    {
        "channel" => "This service does not know who is logged in to a channel.",
        "includeUsersInBusinessUnits" => "There are no business units here.",
        _ => $"There is no such parameter. There are: {string.Join(", ", [
            .. GenesysAttributes.All.All.Select(attribute => attribute.Name), "roles", .. GenesysQuery.Names])}.",
    };
}
