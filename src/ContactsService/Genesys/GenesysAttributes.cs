using ContactsService.Contacts;
using ContactsService.Filtering;
using Attribute = ContactsService.Filtering.Attribute;

namespace ContactsService.Genesys;

/// <summary>The attributes of a contact under the vendor's names.</summary>
internal static class GenesysAttributes
{
    /// <summary>Whoever is in the directory, or has a token.</summary>
    public const string AgentRole = "ROLE_AGENT";

    /// <summary>Whoever has an admin's token.</summary>
    public const string AdminRole = "ROLE_ADMIN";

    /// <summary>The only kinds of people that the vendor's callers ask for; this service's directory knows no roles.</summary>
    public static readonly IReadOnlyList<string> Roles = [AgentRole, AdminRole];

    /// <summary>What of ours they filter and sort by.</summary>
    public static readonly AttributeSet All = new(
    [
        Named("id", "contactId"),
        Named("name", "displayName"),
        Named("type", "type"),
        Named("phoneNumber", "phoneNumbers") with { Aliases = ["phoneNumbers"] },
        Named("userName", "userName"),
        Named("firstName", "firstName"),
        Named("lastName", "lastName"),
        Named("employeeId", "employeeId"),
        Named("emailAddress", "emails"),
    ]);

    /// <summary>Everything an answer can hold.</summary>
    public static readonly IReadOnlyList<string> Members =
    [
        "id", "name", "type", "phoneNumber", "phoneNumbers", "userName", "firstName", "lastName", "employeeId", "emailAddress", "roles", "uri", "path",
    ];

    /// <summary>The attribute of that name; it has to be one of <see cref="All"/>.</summary>
    public static Attribute Of(string name) => All.Find(name)!;

    private static Attribute Named(string name, string native) => ContactAttributes.All.Find(native)! with { Name = name, Aliases = [] };
}
