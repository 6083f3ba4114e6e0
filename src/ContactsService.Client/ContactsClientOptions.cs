namespace ContactsService.Client;

/// <summary>What <see cref="ContactsClientServices.AddContactsClient"/> needs to know.</summary>
public sealed class ContactsClientOptions
{
    /// <summary>Where the service is, such as <c>https://contacts.example</c>; may have a path. Required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>
    /// The token that is sent with every request. Null when a handler of your own sends it, for instance one that renews tokens or takes the
    /// user's: <c>AddHttpMessageHandler</c> adds it.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>How often calls are repeated by themselves.</summary>
    public RetryOptions Retries { get; set; } = new();
}
