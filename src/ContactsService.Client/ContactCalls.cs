using System.Runtime.CompilerServices;

namespace ContactsService.Client;

/// <summary>
/// The calls of <c>/contacts</c>. Each may be made from any thread. Beside what stands with them, all throw <see cref="ProblemException"/> for what
/// the service refuses, <see cref="HttpRequestException"/> when there is no answer, and <see cref="System.Text.Json.JsonException"/> when it is none.
/// </summary>
public sealed class ContactCalls
{
    private const string Contacts = "contacts";

    private readonly Exchange exchange;

    internal ContactCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>Reads a contact; null when there is none that you can see.</summary>
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

    /// <summary>Reads a contact.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>: there is none that you can see.</exception>
    public Task<Contact> GetAsync(string contactId, CancellationToken cancellationToken = default) =>
        ContactAsync(new(HttpMethod.Get, Address(contactId)), cancellationToken);

    /// <summary>Reads a contact, unless it is still the version you have; null then.</summary>
    /// <param name="contactId">Its id.</param>
    /// <param name="etag">The <see cref="Contact.ETag"/> that you have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ProblemException"><c>not-found</c>: there is none that you can see.</exception>
    public async Task<Contact?> GetIfChangedAsync(string contactId, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(new(HttpMethod.Get, Address(contactId)) { IfNoneMatch = etag }, cancellationToken).ConfigureAwait(false);
        return reply.Status == 304 ? null : Contact(reply);
    }

    /// <summary>Lists contacts, page after page as they are needed; without a query all that you can see.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: the query has what is not known.</exception>
    public async IAsyncEnumerable<Contact> ListAsync(ListQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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

    /// <summary>Reads one page of contacts.</summary>
    /// <param name="query">What is asked for; the same for all pages, but for its page size.</param>
    /// <param name="pageToken">The <see cref="ContactPage.NextPageToken"/> of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>; <c>invalid-page-token</c>: it belongs to another query.</exception>
    public async Task<ContactPage> GetPageAsync(ListQuery? query = null, string? pageToken = null, CancellationToken cancellationToken = default) =>
        Page(await exchange.SendAsync(List(query, pageToken), cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the first page of contacts, unless nothing has changed since; null then.</summary>
    /// <param name="query">The same as when it was read.</param>
    /// <param name="etag">The <see cref="ContactPage.ETag"/> that you have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ContactPage?> GetPageIfChangedAsync(ListQuery? query, string etag, CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(List(query, null) with { IfNoneMatch = etag }, cancellationToken).ConfigureAwait(false);
        return reply.Status == 304 ? null : Page(reply);
    }

    /// <summary>Adds a contact and gives it as it was stored. A repeat within the call adds it once.</summary>
    /// <param name="contact">CUSTOM with a name or CLOUD with the directory's id.</param>
    /// <param name="idempotencyKey">Your own key, 1 to 255 characters of ASCII, to repeat the call even after a restart; null makes one for this call.</param>
    /// <param name="cancellationToken">Ends the waiting; the contact may be added nevertheless.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>contact-exists</c>, <c>forbidden</c>, …</exception>
    public Task<Contact> AddAsync(Contact contact, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        ContactAsync(
            new Call(HttpMethod.Post, Contacts) { IdempotencyKey = idempotencyKey ?? Call.NewKey() }.With(contact, ClientJson.Wire.Contact),
            cancellationToken);

    /// <summary>
    /// Replaces a contact: what is null is unset. What a newer service knows and this client does not is unset, too; a patch leaves it alone.
    /// </summary>
    /// <param name="contactId">Its id.</param>
    /// <param name="contact">All that it is to be.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current; null for any. Without, what others wrote meanwhile is lost.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be replaced nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: it has changed.</exception>
    public Task<Contact> ReplaceAsync(string contactId, Contact contact, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        ContactAsync(new Call(HttpMethod.Put, Address(contactId)) { IfMatch = ifMatch }.With(contact, ClientJson.Wire.Contact), cancellationToken);

    /// <summary>Changes a part of a contact. It is repeated after a lost answer only with <paramref name="ifMatch"/>.</summary>
    /// <param name="contactId">Its id.</param>
    /// <param name="patch">What to change.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be changed nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: it has changed.</exception>
    public Task<Contact> PatchAsync(string contactId, ContactPatch patch, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        ContactAsync(new Call(HttpMethod.Patch, Address(contactId)) { IfMatch = ifMatch }.With(patch.Changes), cancellationToken);

    /// <summary>Deletes a contact. True when it is gone by this call, false when there was none that you can see.</summary>
    /// <param name="contactId">Its id.</param>
    /// <param name="ifMatch">The <see cref="Contact.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting; it may be deleted nevertheless.</param>
    /// <exception cref="ProblemException"><c>stale</c>: it has changed; <c>forbidden</c>; <c>directory-read-only</c>.</exception>
    public Task<bool> RemoveAsync(string contactId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, Address(contactId)) { IfMatch = ifMatch }, cancellationToken);

    private static string Address(string contactId) => Call.Path(Contacts, contactId);

    private static Call List(ListQuery? query, string? pageToken) => new(HttpMethod.Get, (query ?? new()).Address(Contacts, pageToken));

    private async Task<Contact> ContactAsync(Call call, CancellationToken cancellationToken) =>
        Contact(await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false));

    private static Contact Contact(Reply reply) => reply.Read(ClientJson.Wire.Contact) with { ETag = reply.ETag };

    private static ContactPage Page(Reply reply) => reply.Read(ClientJson.Wire.ContactPage) with { ETag = reply.ETag };
}
