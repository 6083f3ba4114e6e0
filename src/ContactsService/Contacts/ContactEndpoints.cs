using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>Routes of /contacts.</summary>
internal static class ContactEndpoints
{
    // What most callers filter by stands first in the OpenAPI document.
    private static readonly string[] CommonFilters =
        ["displayName", "lastName", "firstName", "phoneNumbers", "emails", "type", "ownerId", "groups"];

    /// <summary>Adds the routes.</summary>
    public static void MapContacts(this IEndpointRouteBuilder app)
    {
        var contacts = app.MapGroup("/contacts").WithTags("Contacts").WithMetadata(new InScope(ScopeAreas.Contacts));
        contacts.MapGet("", ListAsync).Named("listContacts").WithMetadata([.. FindQuery.Parameters])
            .Lists(ContactAttributes.All, CommonFilters).Produces<ContactList>(200).Produces(304).Problems(400, 401, 406, 429, 503);
        contacts.MapPost("", AddAsync).Named("createContact").AcceptsJson<ContactDraft>().Produces<ContactDocument>(201)
            .SendsETag(201).SendsLocation().Idempotent()
            .Problems(400, 401, 403, 406, 408, 409, 413, 415, 422, 429, 503);

        var contact = contacts.MapGroup("/{contactId}");
        contact.MapGet("", FindAsync).Named("getContact").Produces<ContactDocument>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 404, 406, 429, 503);
        contact.MapPut("", PutAsync).Named("putContact").AcceptsJson<ContactDraft>()
            .Produces<ContactDocument>(200).Produces<ContactDocument>(201).SendsETag(200, 201).SendsLocation()
            .Problems(400, 401, 403, 404, 406, 408, 409, 412, 413, 415, 429, 503);
        contact.MapPatch("", PatchAsync).Named("patchContact").AcceptsPatch<ContactDraft>().Produces<ContactDocument>(200).SendsETag(200)
            .Problems(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        contact.MapDelete("", RemoveAsync).Named("deleteContact").Produces(204).Problems(400, 401, 403, 404, 406, 412, 429, 503);
    }

    /// <summary>Lists the contacts you can see</summary>
    /// <remarks>
    /// Your own book, your organization's contacts and its directory, by name, a page at a time.
    /// Any attribute filters; several are ANDed, a repeated one means any of its values.
    /// The first page also carries all of your groups; with <c>fields</c>, their members only if <c>members</c> is among them.
    /// <c>q</c> and <c>caller</c> search instead: the best matches first, filtered by the same attributes, without groups and further
    /// pages. They exclude each other, <c>sort</c> and <c>pageToken</c>.
    /// </remarks>
    private static Task<Answer> ListAsync(
        HttpContext http,
        Caller caller,
        Precondition precondition,
        ContactReader reader,
        ContactFinder finder,
        CancellationToken cancellationToken) => FindQuery.IsSearch(http.Request.Query)
        ? finder.FindAsync(caller, FindQuery.Read(http.Request.Query), precondition, cancellationToken)
        : reader.ListAsync(
            http.Request,
            caller,
            ListQuery.Read(http, caller.Own.Id, ContactAttributes.All, ContactAttributes.DefaultOrder, ContactAttributes.Members),
            precondition,
            cancellationToken);

    /// <summary>Adds a contact</summary>
    /// <remarks>
    /// CUSTOM: somebody of your own, with a displayName. CLOUD: somebody of the directory, by contactId.
    /// Without groups it goes to your default group. An admin adds an organization contact by giving the organization's id as ownerId.
    /// </remarks>
    private static async Task<Answer> AddAsync(Caller caller, JsonBody body, ContactWriter writer, CancellationToken cancellationToken)
    {
        var contact = await writer.AddAsync(caller, ContactJson.Read(body.Root), cancellationToken);
        return contact.ToAnswer(caller, StatusCodes.Status201Created) with { Location = $"/contacts/{contact.ContactId}" };
    }

    /// <summary>Reads a contact</summary>
    /// <remarks>Of your own book, of your organization or of its directory.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> FindAsync(
        Caller caller, string contactId, Precondition precondition, ContactReader reader, CancellationToken cancellationToken)
    {
        var contact = await reader.FindAsync(caller, KnownId(contactId), cancellationToken) ?? throw Unknown();
        var etag = contact.ETag(caller);
        return precondition.Has(etag) ? Answer.NotModified(etag) : contact.ToAnswer(caller, StatusCodes.Status200OK);
    }

    /// <summary>Replaces or creates a contact</summary>
    /// <remarks>
    /// What is left out is unset; without groups it moves to your default group. With If-Match, no update of others is lost.
    /// </remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> PutAsync(
        Caller caller, string contactId, JsonBody body, Precondition precondition, ContactWriter writer,
        CancellationToken cancellationToken)
    {
        var (contact, isNew) = await writer.PutAsync(
            caller, KnownId(contactId), ContactJson.Read(body.Root), precondition, cancellationToken);
        return isNew
            ? contact.ToAnswer(caller, StatusCodes.Status201Created) with { Location = $"/contacts/{contact.ContactId}" }
            : contact.ToAnswer(caller, StatusCodes.Status200OK);
    }

    /// <summary>Changes a contact</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): only what you send changes, null unsets, a list is replaced whole.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> PatchAsync(
        Caller caller, string contactId, JsonBody body, Precondition precondition, ContactWriter writer,
        CancellationToken cancellationToken) =>
        Show(caller, await writer.PatchAsync(caller, KnownId(contactId), body.Root, precondition, cancellationToken));

    /// <summary>Deletes a contact</summary>
    /// <remarks>A CLOUD contact only leaves your book; the directory's entry is not touched.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> RemoveAsync(
        Caller caller, string contactId, Precondition precondition, ContactWriter writer, CancellationToken cancellationToken) =>
        await writer.RemoveAsync(caller, KnownId(contactId), precondition, cancellationToken) ? Answer.NoContent() : throw Unknown();

    private static Answer Show(Caller caller, ContactView? contact) =>
        (contact ?? throw Unknown()).ToAnswer(caller, StatusCodes.Status200OK);

    private static string KnownId(string contactId) => TextLimits.IsId(contactId) ? contactId : throw Unknown();

    private static ProblemException Unknown() => ProblemException.NotFound("contact");
}
