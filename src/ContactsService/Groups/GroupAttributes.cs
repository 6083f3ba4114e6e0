using ContactsService.Filtering;

namespace ContactsService.Groups;

/// <summary>The attributes for filters and sorting of groups, over the columns of <see cref="GroupReader"/>'s list.</summary>
internal static class GroupAttributes
{
    /// <summary>By name.</summary>
    public static readonly SortKey DefaultOrder = new(Sorting.AccentsLast("c.display_name"), IsText: true, Descending: false);

    /// <summary>All attributes.</summary>
    public static readonly AttributeSet All = new(
    [
        new("groupId", AttributeKind.Id, "group_key") { Aliases = ["id"] },
        new("displayName", AttributeKind.Text, "display_name") { Aliases = ["name"] },
        new("groupType", AttributeKind.Word, "group_type") { Words = ["NORMAL", "EXTERNAL"] },
        new("isDefault", AttributeKind.Flag, "is_default"),
        new("memberCount", AttributeKind.Number, "member_count"),
        new("isMigration", AttributeKind.Flag, "is_migration"),
        new("encryptionKeyUrl", AttributeKind.Text, "encryption_key_url"),
        new("created", AttributeKind.Time, "created") { Aliases = ["meta.created"] },
        new("lastModified", AttributeKind.Time, "last_modified") { Aliases = ["meta.lastModified"] },
        new("version", AttributeKind.Number, "version") { Aliases = ["meta.version"] },
    ]);

    /// <summary>The member that lists contain only on request: a group may have as many contacts as its book.</summary>
    public const string MembersField = "members";

    /// <summary>The members that <c>fields</c> can select.</summary>
    public static readonly IReadOnlyList<string> Members =
        [
            "groupId", "displayName", "groupType", "encryptionKeyUrl", "isMigration", "ownerId", "isDefault", "memberCount", MembersField,
            "meta",
        ];
}
