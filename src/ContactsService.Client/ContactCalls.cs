using System.Runtime.CompilerServices;

namespace ContactsService.Client;

/// <summary>
/// The operations of <c>/contacts</c>. Safe for any number of threads. Besides the documented exceptions, all methods throw
/// <see cref="ProblemException"/> when the service refuses a request, <see cref="HttpRequestException"/> when there is no response, and
/// <see cref="System.Text.Json.JsonException"/> when the response cannot be read.
/// </summary>
public sealed class ContactCalls
{
    private const string Contacts = "contacts";

    private readonly Exchange exchange;

    internal ContactCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>Returns a contact; null when no contact with this id is visible to you.</summary>
    public async Task<Contact?> FindAsync(string contactId, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(contactId, cancellationToken).ConfigureAwait(false);
        }
        catch (ProblemException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Returns a contact.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>: no contact with this id is visible to you.</exception>
    public Task<Contact> GetAsync(string contactId, CancellationToken cancellationToken = default) =>
        ContactAsync(new(HttpMethod.Get, Address(contactId)), cancellationToken);

    /// <summary>Returns a contact; null when it has not changed since you read it.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="etag">The <see cref="Contact.ETag"/> of the version that you have.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ProblemException"><c>not-found</c>: no contact with this id is visible to you.</exception>
    public async Task<Contact?> GetIfChangedAsync(string contactId, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(new(HttpMethod.Get, Address(contactId)) { IfNoneMatch = etag }, cancellationToken)
            .ConfigureAwait(false);
        return reply.Status == 304 ? null : Contact(reply);
    }

    /// <summary>Lists contacts, requesting pages as they are needed. Without a query, lists all contacts that are visible to you.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: the query names an unknown attribute, operator or value.</exception>
    public async IAsyncEnumerable<Contact> ListAsync(
        ListQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? token = null;
        do
        {
            var page = await GetPageAsync(query, token, cancellationToken).ConfigureAwait(false);
            foreach (var contact in page.Contacts)
            {
                yield return contact;
            }

            token = page.NextPageToken;
        }
        while (token is not null);
    }

    /// <summary>Returns a page of contacts.</summary>
    /// <param name="query">The query. All pages need the same query; only the page size may differ.</param>
    /// <param name="pageToken">The <see cref="ContactPage.NextPageToken"/> of the previous page; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>; <c>invalid-page-token</c>: the token belongs to another query.</exception>
    public async Task<ContactPage> GetPageAsync(
        ListQuery? query = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        Page(await exchange.SendAsync(List(query, pageToken), cancellationToken).ConfigureAwait(false));

    /// <summary>Returns the first page of contacts; null when the list has not changed since you read it.</summary>
    /// <param name="query">The same query as before.</param>
    /// <param name="etag">The <see cref="ContactPage.ETag"/> of the page that you have.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<ContactPage?> GetPageIfChangedAsync(ListQuery? query, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(List(query, null) with { IfNoneMatch = etag }, cancellationToken).ConfigureAwait(false);
        return reply.Status == 304 ? null : Page(reply);
    }

    /// <summary>
    /// Finds contacts by words that begin a word of a name, an e-mail or SIP address, or are part of a phone number. The best match comes
    /// first, your own book before the organization's.
    /// </summary>
    /// <param name="q">The words, as a person types them. Case, accents and width do not matter.</param>
    /// <param name="options">Filters, members and the number of contacts; null for the best 20 with all members.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: <paramref name="q"/> is empty, or an option is not valid.</exception>
    public Task<IReadOnlyList<Contact>> SearchAsync(
        string q, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(q);
        return MatchesAsync((options ?? new()).Address(Contacts, [("q", q)]), cancellationToken);
    }

    /// <summary>
    /// Finds the contacts with a phone number, however it was written down. The same number and extension come first, your own book before
    /// the organization's.
    /// </summary>
    /// <param name="number">The number as a network gives it, such as <c>+492215550134</c> or a <c>tel:</c> URI (RFC 3966).</param>
    /// <param name="region">
    /// What the number means when it is national: two letters of ISO 3166-1, such as <c>DE</c>; null for the organization's region.
    /// </param>
    /// <param name="options">Filters, members and the number of contacts; null for the best 20 with all members.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The contacts, best first; empty when nobody has the number, or when it is no phone number.</returns>
    /// <exception cref="ProblemException">
    /// <c>invalid-filter</c>: the number is empty, the region is unknown, or an option is not valid.
    /// </exception>
    public Task<IReadOnlyList<Contact>> WhoIsCallingAsync(
        string number, string? region = null, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(number);
        return MatchesAsync((options ?? new()).Address(Contacts, [("caller", number), ("region", region)]), cancellationToken);
    }

    /// <summary>Adds a contact and returns it as it was stored. Retries within the call add it only once.</summary>
    /// <param name="contact">The contact: CUSTOM with a display name, or CLOUD with the contact id of a directory entry.</param>
    /// <param name="idempotencyKey">
    /// Your own key, 1 to 255 printable ASCII characters, so that you can repeat the call even after a restart; null to create one for this
    /// call.
    /// </param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been added nevertheless.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>contact-exists</c>, <c>forbidden</c> and others.</exception>
    public Task<Contact> AddAsync(Contact contact, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        ContactAsync(
            new Call(HttpMethod.Post, Contacts) { IdempotencyKey = idempotencyKey ?? Call.NewKey() }.With(contact, ClientJson.Wire.Contact),
            cancellationToken);

    /// <summary>
    /// Replaces a contact. Members that are null are removed, including members of newer services that this client does not know; a patch
    /// keeps those.
    /// </summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="contact">The complete new contact.</param>
    /// <param name="ifMatch">
    /// The <see cref="Contact.ETag"/> that must be current; null for any. Without it, concurrent changes of others are overwritten, and a
    /// contact that is not visible to you is created.
    /// </param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been replaced nevertheless.</param>
    /// <exception cref="ProblemException"><c>stale</c>: the contact has changed or does not exist.</exception>
    public Task<Contact> ReplaceAsync(
        string contactId, Contact contact, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        ContactAsync(
            new Call(HttpMethod.Put, Address(contactId)) { IfMatch = ifMatch }.With(contact, ClientJson.Wire.Contact), cancellationToken);

    /// <summary>Replaces a contact, or creates it in your book when no contact with this id is visible to you.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="contact">The complete contact.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been written nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>invalid-members</c>; <c>forbidden</c>: an organization contact, and you are not an admin; <c>directory-read-only</c>: an entry of
    /// the directory, and the contact is not CLOUD.
    /// </exception>
    public async Task<UpsertResult<Contact>> UpsertAsync(string contactId, Contact contact, CancellationToken cancellationToken = default)
    {
        var call = new Call(HttpMethod.Put, Address(contactId)).With(contact, ClientJson.Wire.Contact);
        var reply = await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return new(Contact(reply), reply.Status == 201);
    }

    /// <summary>Creates a contact in your book under an id of your choice, if no contact with this id is visible to you.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="contact">The contact.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been created nevertheless.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>; <c>stale</c>: there is a contact with this id.</exception>
    public Task<Contact> CreateAsync(string contactId, Contact contact, CancellationToken cancellationToken = default) =>
        ContactAsync(
            new Call(HttpMethod.Put, Address(contactId)) { IfNoneMatch = "*" }.With(contact, ClientJson.Wire.Contact), cancellationToken);

    /// <summary>Updates members of a contact. After a lost response it is retried only with <paramref name="ifMatch"/>.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been updated nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: the contact has changed.</exception>
    public Task<Contact> PatchAsync(
        string contactId, ContactPatch patch, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        ContactAsync(new Call(HttpMethod.Patch, Address(contactId)) { IfMatch = ifMatch }.With(patch.Changes), cancellationToken);

    /// <summary>Deletes a contact. True when this call deleted it, false when no contact with this id is visible to you.</summary>
    /// <param name="contactId">The contact's id.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The contact may have been deleted nevertheless.</param>
    /// <exception cref="ProblemException"><c>stale</c>: the contact has changed; <c>forbidden</c>; <c>directory-read-only</c>.</exception>
    public Task<bool> RemoveAsync(string contactId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, Address(contactId)) { IfMatch = ifMatch }, cancellationToken);

    private static string Address(string contactId) => Call.Path(Contacts, contactId);

    private static Call List(ListQuery? query, string? pageToken) => new(HttpMethod.Get, (query ?? new()).Address(Contacts, pageToken));

    private async Task<IReadOnlyList<Contact>> MatchesAsync(string address, CancellationToken cancellationToken) =>
        Page(await exchange.SendAsync(new(HttpMethod.Get, address), cancellationToken).ConfigureAwait(false)).Contacts;

    private async Task<Contact> ContactAsync(Call call, CancellationToken cancellationToken) =>
        Contact(await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false));

    private static Contact Contact(Reply reply) => reply.Read(ClientJson.Wire.Contact) with { ETag = reply.ETag };

    private static ContactPage Page(Reply reply) => reply.Read(ClientJson.Wire.ContactPage) with { ETag = reply.ETag };
}
