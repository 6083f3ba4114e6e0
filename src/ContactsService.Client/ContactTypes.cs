namespace ContactsService.Client;

/// <summary>How a contact can have come here: the values of <see cref="Contact.ContactType"/>.</summary>
public static class ContactTypes
{
    /// <summary>Made up by its owner.</summary>
    public const string Custom = "CUSTOM";

    /// <summary>Somebody of the organization's directory.</summary>
    public const string Cloud = "CLOUD";
}
