using ContactsService.Contacts;
using ContactsService.Filtering;
using Attribute = ContactsService.Filtering.Attribute;

namespace ContactsService.Genesys;

/// <summary>The attributes of a contact by the vendor's names.</summary>
internal static class GenesysAttributes
{
    /// <summary>The role of directory users and of all callers.</summary>
    public const string AgentRole = "ROLE_AGENT";

    /// <summary>The role of admins.</summary>
    public const string AdminRole = "ROLE_ADMIN";

    /// <summary>The roles that callers can filter by. The directory itself has no roles.</summary>
    public static readonly IReadOnlyList<string> Roles = [AgentRole, AdminRole];

    /// <summary>The attributes that callers can filter and sort by.</summary>
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

    /// <summary>The members of a contact.</summary>
    public static readonly IReadOnlyList<string> Members =
    [
        "id", "name", "type", "phoneNumber", "phoneNumbers", "userName", "firstName", "lastName", "employeeId", "emailAddress", "roles",
        "uri", "path",
    ];

    /// <summary>Returns an attribute of <see cref="All"/> by its name.</summary>
    public static Attribute Of(string name) => All.Find(name)!;

    private static Attribute Named(string name, string native) => ContactAttributes.All.Find(native)! with { Name = name, Aliases = [] };
}
