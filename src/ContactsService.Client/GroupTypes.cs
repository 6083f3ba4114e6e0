namespace ContactsService.Client;

/// <summary>The values of <see cref="ContactGroup.GroupType"/>.</summary>
public static class GroupTypes
{
    /// <summary>The usual one.</summary>
    public const string Normal = "NORMAL";

    /// <summary>Kept elsewhere, too.</summary>
    public const string External = "EXTERNAL";
}
