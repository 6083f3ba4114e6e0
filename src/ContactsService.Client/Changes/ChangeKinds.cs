namespace ContactsService.Client;

/// <summary>The values of <see cref="Change.Kind"/>.</summary>
public static class ChangeKinds
{
    /// <summary>A contact.</summary>
    public const string Contact = "contact";

    /// <summary>A group of your own.</summary>
    public const string Group = "group";

    /// <summary>A group of the organization's directory.</summary>
    public const string DirectoryGroup = "directoryGroup";
}
