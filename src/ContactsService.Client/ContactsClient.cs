namespace ContactsService.Client;

/// <summary>
/// A client of the contacts service: the five methods of the Webex guide, which return a status and do not throw when the service refuses a
/// request, and all operations of the service. Safe for any number of threads.
/// </summary>
public sealed class ContactsClient
{
    private readonly GuideCalls guide;

    /// <summary>Creates a client over an <see cref="HttpClient"/>, which the caller disposes.</summary>
    /// <param name="http">
    /// The HTTP client, with the service as <see cref="HttpClient.BaseAddress"/> and the token in <c>Authorization</c>.
    /// </param>
    public ContactsClient(HttpClient http)
        : this(http, new RetryOptions())
    {
    }

    /// <summary>Creates a client over an <see cref="HttpClient"/>, which the caller disposes.</summary>
    /// <param name="http">
    /// The HTTP client, with the service as <see cref="HttpClient.BaseAddress"/> and the token in <c>Authorization</c>.
    /// </param>
    /// <param name="retries">When calls are retried.</param>
    public ContactsClient(HttpClient http, RetryOptions retries)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(retries);
        var exchange = new Exchange(http, retries);
        Contacts = new ContactCalls(exchange);
        Groups = new GroupCalls(exchange);
        Bulk = new BulkCalls(exchange);
        Changes = new ChangeCalls(exchange);
        Settings = new SettingsCalls(exchange);
        Webhooks = new WebhookCalls(exchange);
        guide = new GuideCalls(Contacts, Groups);
    }

    /// <summary>The operations on contacts.</summary>
    public ContactCalls Contacts { get; }

    /// <summary>The operations on groups.</summary>
    public GroupCalls Groups { get; }

    /// <summary>Many writes in one request.</summary>
    public BulkCalls Bulk { get; }

    /// <summary>What changes, as pages and as a stream.</summary>
    public ChangeCalls Changes { get; }

    /// <summary>The operations on the settings of your organization.</summary>
    public SettingsCalls Settings { get; }

    /// <summary>The operations on webhooks.</summary>
    public WebhookCalls Webhooks { get; }

    /// <summary>Returns all contacts of your own book and your groups: 200.</summary>
    public Task<ContactResponse> GetContactsAsync(CancellationToken cancellationToken = default) =>
        guide.GetContactsAsync(cancellationToken);

    /// <summary>Adds a contact to your book: 201. Without groups, it goes to the group <c>Other contacts</c>.</summary>
    /// <param name="contact">The contact: CUSTOM with a displayName, or CLOUD with a contactId. The types are case-sensitive.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been added nevertheless.</param>
    public Task<ContactResponse> CreateContactAsync(Contact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return guide.CreateContactAsync(contact, cancellationToken);
    }

    /// <summary>Deletes a contact: 204, or 404.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been deleted nevertheless.</param>
    public Task<ContactResponse> DeleteContactAsync(string contactId, CancellationToken cancellationToken = default) =>
        guide.DeleteContactAsync(contactId, cancellationToken);

    /// <summary>Adds a group: 201, or 400 when you have a group with this name, case-insensitively.</summary>
    /// <param name="displayName">The name.</param>
    /// <param name="encryptionKeyUrl">The address of the key that encrypts the name; null when the name is not encrypted.</param>
    /// <param name="groupType">One of <see cref="GroupTypes"/>.</param>
    /// <param name="cancellationToken">Cancels the request. The group may have been added nevertheless.</param>
    public Task<ContactResponse> CreateContactGroupAsync(
        string displayName,
        string? encryptionKeyUrl = null,
        string groupType = GroupTypes.Normal,
        CancellationToken cancellationToken = default) =>
        guide.CreateContactGroupAsync(
            new ContactGroup { DisplayName = displayName, EncryptionKeyUrl = encryptionKeyUrl, GroupType = groupType }, cancellationToken);

    /// <summary>Deletes a group: 204, or 404. Its contacts are kept.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="cancellationToken">Cancels the request. The group may have been deleted nevertheless.</param>
    public Task<ContactResponse> DeleteContactGroupAsync(string groupId, CancellationToken cancellationToken = default) =>
        guide.DeleteContactGroupAsync(groupId, cancellationToken);
}
