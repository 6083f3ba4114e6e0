using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>Routes of /contacts.</summary>
internal static class ContactEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapContacts(this IEndpointRouteBuilder app)
    {
        var contacts = app.MapGroup("/contacts").WithTags("Contacts");
        contacts.MapGet("", ListAsync).Lists(ContactAttributes.All).Gives<ContactList>(200).Gives(304).Refuses(400, 401, 406, 429, 503);
        contacts.MapPost("", AddAsync).Takes<ContactDraft>().Gives<ContactDocument>(201).RepeatsAnswers()
            .Refuses(400, 401, 403, 406, 408, 409, 413, 415, 422, 429, 503);

        var contact = contacts.MapGroup("/{contactId}");
        contact.MapGet("", FindAsync).Gives<ContactDocument>(200).Gives(304).Refuses(400, 401, 404, 406, 429, 503);
        contact.MapPut("", ReplaceAsync).Takes<ContactDraft>().Gives<ContactDocument>(200)
            .Refuses(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        contact.MapPatch("", PatchAsync).TakesPatch<ContactDraft>().Gives<ContactDocument>(200)
            .Refuses(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        contact.MapDelete("", RemoveAsync).Gives(204).Refuses(400, 401, 403, 404, 406, 412, 429, 503);
    }

    /// <summary>Lists the contacts you can see</summary>
    /// <remarks>
    /// Your own book, your organization's contacts and its directory, by name, a page at a time.
    /// Any attribute filters; several are ANDed, a repeated one means any of its values.
    /// The first page also carries all of your groups; with <c>fields</c>, their members only if <c>groups</c> is among them.
    /// </remarks>
    private static Task<Answer> ListAsync(HttpContext http, Caller caller, Precondition precondition, ContactReads reads, CancellationToken cancellation) =>
        reads.ListAsync(
            http.Request,
            caller,
            ListQuery.Read(http, caller, ContactAttributes.All, ContactAttributes.StandardOrder, ContactAttributes.Members),
            precondition,
            cancellation);

    /// <summary>Adds a contact</summary>
    /// <remarks>
    /// CUSTOM: somebody of your own, with a displayName. CLOUD: somebody of the directory, by contactId.
    /// Without groups it goes to your default group. An admin adds an organization contact by giving the organization's id as ownerId.
    /// </remarks>
    private static async Task<Answer> AddAsync(Caller caller, JsonBody body, ContactBook book, CancellationToken cancellation)
    {
        var contact = await book.AddAsync(caller, ContactJson.Read(body.Root), cancellation);
        return contact.ToAnswer(caller, StatusCodes.Status201Created) with { Location = $"/contacts/{contact.ContactId}" };
    }

    /// <summary>Reads a contact</summary>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> FindAsync(
        Caller caller, string contactId, Precondition precondition, ContactReads reads, BookBirth birth, CancellationToken cancellation)
    {
        var contact = await reads.FindAsync(caller, KnownId(contactId), cancellation);
        if (contact is null)
        {
            await birth.EnsureAsync(caller.Own, cancellation);
            throw Unknown();
        }

        var etag = contact.ETag(caller);
        return precondition.Has(etag) ? Answer.NotModified(etag) : contact.ToAnswer(caller, StatusCodes.Status200OK);
    }

    /// <summary>Replaces a contact</summary>
    /// <remarks>What is left out is unset; without groups it moves to your default group. With If-Match, no update of others is lost.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> ReplaceAsync(
        Caller caller, string contactId, JsonBody body, Precondition precondition, ContactBook book, CancellationToken cancellation) =>
        Show(caller, await book.ReplaceAsync(caller, KnownId(contactId), ContactJson.Read(body.Root), precondition, cancellation));

    /// <summary>Changes a contact</summary>
    /// <remarks>JSON Merge Patch (RFC 7396): only what you send changes, null unsets, a list is replaced whole.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> PatchAsync(
        Caller caller, string contactId, JsonBody body, Precondition precondition, ContactBook book, CancellationToken cancellation) =>
        Show(caller, await book.PatchAsync(caller, KnownId(contactId), body.Root, precondition, cancellation));

    /// <summary>Deletes a contact</summary>
    /// <remarks>A CLOUD contact only leaves your book; the directory's entry is not touched.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> RemoveAsync(
        Caller caller, string contactId, Precondition precondition, ContactBook book, CancellationToken cancellation) =>
        await book.RemoveAsync(caller, KnownId(contactId), precondition, cancellation) ? Answer.Nothing() : throw Unknown();

    private static Answer Show(Caller caller, ContactView? contact) =>
        (contact ?? throw Unknown()).ToAnswer(caller, StatusCodes.Status200OK);

    private static string KnownId(string contactId) => Texts.IsId(contactId) ? contactId : throw Unknown();

    private static ProblemException Unknown() => ProblemException.NotFound("contact");
}
