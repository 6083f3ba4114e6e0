namespace ContactsService.Client;

/// <summary>The values of <see cref="ContactGroup.GroupType"/>.</summary>
public static class GroupTypes
{
    /// <summary>An ordinary group. The default.</summary>
    public const string Normal = "NORMAL";

    /// <summary>A group that is also kept in another system.</summary>
    public const string External = "EXTERNAL";
}
