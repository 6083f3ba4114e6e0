namespace ContactsService.Client;

/// <summary>
/// The contacts service: the five methods of the Webex guide, which answer with a status and never throw for what the service refuses, and
/// beside them all of its own calls. One client may be used from any number of threads.
/// </summary>
public sealed class ContactsClient
{
    private readonly GuideCalls guide;

    /// <summary>A client over an <see cref="HttpClient"/>, whose owner disposes it.</summary>
    /// <param name="http">With the service as <see cref="HttpClient.BaseAddress"/> and the token in its <c>Authorization</c> header.</param>
    public ContactsClient(HttpClient http)
        : this(http, new RetryOptions())
    {
    }

    /// <summary>A client over an <see cref="HttpClient"/>, whose owner disposes it.</summary>
    /// <param name="http">With the service as <see cref="HttpClient.BaseAddress"/> and the token in its <c>Authorization</c> header.</param>
    /// <param name="retries">How often calls are repeated by themselves.</param>
    public ContactsClient(HttpClient http, RetryOptions retries)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(retries);
        var exchange = new Exchange(http, retries);
        Contacts = new ContactCalls(exchange);
        Groups = new GroupCalls(exchange);
        guide = new GuideCalls(Contacts, Groups);
    }

    /// <summary>All calls about contacts.</summary>
    public ContactCalls Contacts { get; }

    /// <summary>All calls about groups.</summary>
    public GroupCalls Groups { get; }

    /// <summary>All contacts of your own book, and your groups: 200.</summary>
    public Task<ContactResponse> GetContactsAsync(CancellationToken cancellationToken = default) => guide.GetContactsAsync(cancellationToken);

    /// <summary>Adds a contact to your book: 201. Without groups it goes to the group <c>Other contacts</c>.</summary>
    /// <param name="contact">CUSTOM with a displayName, or CLOUD with a contactId; the words are spelt exactly so.</param>
    /// <param name="cancellationToken">Ends the waiting; the contact may be added nevertheless.</param>
    public Task<ContactResponse> CreateContactAsync(Contact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return guide.CreateContactAsync(contact, cancellationToken);
    }

    /// <summary>Deletes a contact: 204, or 404.</summary>
    /// <param name="contactId">Its id.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be deleted nevertheless.</param>
    public Task<ContactResponse> DeleteContactAsync(string contactId, CancellationToken cancellationToken = default) =>
        guide.DeleteContactAsync(contactId, cancellationToken);

    /// <summary>Adds a group: 201, or 400 when you have one of this name, whatever its case.</summary>
    /// <param name="displayName">The name.</param>
    /// <param name="encryptionKeyUrl">The key that encrypts the name, if you encrypt it; null for none.</param>
    /// <param name="groupType">One of <see cref="GroupTypes"/>.</param>
    /// <param name="cancellationToken">Ends the waiting; the group may be added nevertheless.</param>
    public Task<ContactResponse> CreateContactGroupAsync(
        string displayName, string? encryptionKeyUrl = null, string groupType = GroupTypes.Normal, CancellationToken cancellationToken = default) =>
        guide.CreateContactGroupAsync(
            new ContactGroup { DisplayName = displayName, EncryptionKeyUrl = encryptionKeyUrl, GroupType = groupType }, cancellationToken);

    /// <summary>Deletes a group: 204, or 404. Its contacts stay.</summary>
    /// <param name="groupId">Its id.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be deleted nevertheless.</param>
    public Task<ContactResponse> DeleteContactGroupAsync(string groupId, CancellationToken cancellationToken = default) =>
        guide.DeleteContactGroupAsync(groupId, cancellationToken);
}
