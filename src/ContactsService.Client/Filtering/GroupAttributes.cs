namespace ContactsService.Client;

/// <summary>What groups are filtered and sorted by.</summary>
public static class GroupAttributes
{
    /// <summary>Its id.</summary>
    public static ExactKey GroupId { get; } = new("groupId");

    /// <summary>Its name.</summary>
    public static TextKey DisplayName { get; } = new("displayName");

    /// <summary>NORMAL or EXTERNAL.</summary>
    public static ExactKey GroupType { get; } = new("groupType");

    /// <summary>The key that encrypts the name.</summary>
    public static TextKey EncryptionKeyUrl { get; } = new("encryptionKeyUrl");

    /// <summary>Whether it takes contacts without a group.</summary>
    public static FlagKey IsDefault { get; } = new("isDefault");

    /// <summary>Whether it was brought over from another system.</summary>
    public static FlagKey IsMigration { get; } = new("isMigration");

    /// <summary>When it was made.</summary>
    public static TimeKey Created { get; } = new("created");

    /// <summary>When it was last changed.</summary>
    public static TimeKey LastModified { get; } = new("lastModified");

    /// <summary>Its version, as in <see cref="Meta"/>.</summary>
    public static NumberKey Version { get; } = new("version");
}
