namespace ContactsService.Client;

/// <summary>The data of a <see cref="ContactResponse"/>; what a method has no use for is null.</summary>
public sealed record ContactResponseData
{
    /// <summary>All contacts of the user's book, by name.</summary>
    public IReadOnlyList<Contact>? Contacts { get; init; }

    /// <summary>All groups of the user, oldest first.</summary>
    public IReadOnlyList<ContactGroup>? Groups { get; init; }

    /// <summary>The contact that was made.</summary>
    public Contact? Contact { get; init; }

    /// <summary>The group that was made.</summary>
    public ContactGroup? Group { get; init; }

    /// <summary>Why it failed, in the guide's words.</summary>
    public string? Error { get; init; }
}
