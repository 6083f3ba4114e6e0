namespace ContactsService.Client;

/// <summary>The options of <see cref="ContactsClientServices.AddContactsClient"/>.</summary>
public sealed class ContactsClientOptions
{
    /// <summary>The address of the service, such as <c>https://contacts.example</c>. It may have a path. Required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>
    /// The token that is sent with every request. Null when a handler of your own sends one, for example to renew tokens or to use the
    /// token of the current user: add it with <c>AddHttpMessageHandler</c>.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>When calls are retried.</summary>
    public RetryOptions Retries { get; set; } = new();
}
