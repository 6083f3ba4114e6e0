using ContactsService.Contacts.Fields;
using ContactsService.Filtering;
using ContactsService.Groups;

namespace ContactsService.Contacts;

/// <summary>What contacts can be filtered and sorted by: every attribute.</summary>
internal static class ContactAttributes
{
    /// <summary>What a contact can be.</summary>
    public static readonly IReadOnlyList<string> Types = ["Custom", "User", "Queue"];

    /// <summary>How a contact can have come here.</summary>
    public static readonly IReadOnlyList<string> ContactTypes = ["CUSTOM", "CLOUD"];

    /// <summary>By name; what has none comes last.</summary>
    public static readonly SortKey DefaultOrder = new("c.sort_name", IsText: true, Descending: false);

    /// <summary>Whose book a contact is in decides which books are read; it is no column.</summary>
    public static readonly Filtering.Attribute OwnerId = new("ownerId", AttributeKind.Id, "owner_id");

    /// <summary>The groups of the caller's own contacts.</summary>
    public static readonly Filtering.Attribute Groups = new("groups", AttributeKind.Ids, "group_ids");

    /// <summary>What a contact is.</summary>
    public static readonly Filtering.Attribute Type = new("type", AttributeKind.Word, "type") { Words = Types };

    /// <summary>Whether the directory knows it.</summary>
    public static readonly Filtering.Attribute Resolved = new("resolved", AttributeKind.Flag, "resolved");

    /// <summary>All of them.</summary>
    public static readonly AttributeSet All = new(
    [
        new("contactId", AttributeKind.Id, "contact_id") { Aliases = ["id"] },
        new("contactType", AttributeKind.Word, "contact_type") { Words = ContactTypes },
        Type,
        .. ContactField.All.SelectMany(field => field.Attributes),
        Groups,
        OwnerId,
        Resolved,
        new("created", AttributeKind.Time, "created") { Aliases = ["meta.created"] },
        new("lastModified", AttributeKind.Time, "last_modified") { Aliases = ["meta.lastModified"] },
        new("version", AttributeKind.Number, "version") { Aliases = ["meta.version"] },
    ])
    {
        Families = new Dictionary<string, Func<string, Filtering.Attribute?>>(StringComparer.Ordinal)
        {
            [CustomField.Prefix] = CustomField.Attribute,
        },
        OtherParameters = FindQuery.Names,
    };

    /// <summary>What an answer may be reduced to; the id is always there.</summary>
    public static readonly IReadOnlyList<string> Members =
    [
        "contactId", "contactType", "type", .. ContactField.All.Select(field => field.Name), "ownerId", "groups", "resolved", "meta",
        GroupAttributes.MembersField, // of the groups that come with the first page
    ];
}
