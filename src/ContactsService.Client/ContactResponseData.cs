namespace ContactsService.Client;

/// <summary>The data of a <see cref="ContactResponse"/>. Members that a method does not use are null.</summary>
public sealed record ContactResponseData
{
    /// <summary>All contacts of the user's own book, by name.</summary>
    public IReadOnlyList<Contact>? Contacts { get; init; }

    /// <summary>All groups of the user, oldest first.</summary>
    public IReadOnlyList<ContactGroup>? Groups { get; init; }

    /// <summary>The created contact.</summary>
    public Contact? Contact { get; init; }

    /// <summary>The created group.</summary>
    public ContactGroup? Group { get; init; }

    /// <summary>The reason of the failure, in the guide's words.</summary>
    public string? Error { get; init; }
}
