namespace ContactsService.Client;

/// <summary>The values of <see cref="Contact.ContactType"/>.</summary>
public static class ContactTypes
{
    /// <summary>Created by its owner.</summary>
    public const string Custom = "CUSTOM";

    /// <summary>An entry of the organization's directory.</summary>
    public const string Cloud = "CLOUD";
}
