using System.Buffers;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;

namespace ContactsService.Webex;

/// <summary>The five calls of the Webex Calling SDK's ContactsClient.</summary>
internal static class WebexEndpoints
{
    /// <summary>Adds the routes.</summary>
    public static void MapWebex(this IEndpointRouteBuilder app)
    {
        var prefix = app.ServiceProvider.GetRequiredService<WebexOptions>().Prefix;
        var users = app.MapGroup($"{prefix.TrimEnd('/')}/encrypt/Users")
            .WithTags("Webex").WithMetadata(new InDocument(WebexExamples.Document), new InScope(ScopeAreas.Contacts));
        users.MapGet("/contacts", ListAsync).Named("listContacts").Produces<WebexListDocument>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 406, 429, 503);
        users.MapPost("/contacts", AddContactAsync).Named("createContact").AcceptsJson<WebexContactDraft>()
            .Produces<WebexContactDocument>(200).Produces<WebexContactDocument>(201).Idempotent()
            .Problems(400, 401, 406, 408, 409, 413, 415, 422, 429, 503);
        users.MapDelete("/contacts/{contactId}", RemoveContactAsync).Named("deleteContact").Produces(204)
            .Problems(400, 401, 404, 406, 429, 503);
        users.MapPost("/groups", AddGroupAsync).Named("createGroup").AcceptsJson<WebexGroupDraft>()
            .Produces<WebexGroupDocument>(201).Idempotent()
            .Problems(400, 401, 406, 408, 413, 415, 422, 429, 503);
        users.MapDelete("/groups/{groupId}", RemoveGroupAsync).Named("deleteGroup").Produces(204)
            .Problems(400, 401, 404, 406, 409, 429, 503);
    }

    /// <summary>Lists all that a Webex client can decrypt of your book</summary>
    /// <remarks>
    /// In one answer: your groups, oldest first, and your contacts. CUSTOM contacts and groups without an encryptionKeyUrl, or with plain
    /// text in a member that the client would decrypt, are left out: one of them would spoil its whole list. Lists of a book without groups
    /// are given to one session at a time, since it is about to make the first group.
    /// </remarks>
    private static async Task<Answer> ListAsync(
        HttpRequest request, Caller caller, Precondition precondition, WebexReader reads, FirstGroupGate gate,
        CancellationToken cancellationToken)
    {
        var deadline = gate.Begin();
        while (true)
        {
            var (answer, hasGroups) = await reads.ListAsync(request, caller, precondition, cancellationToken);
            if (hasGroups || await gate.EnterAsync(caller.Own.Id, FirstGroupGate.SessionOf(request), deadline, cancellationToken))
            {
                return answer;
            }
        }
    }

    /// <summary>Adds a contact, as a Webex client encrypts it</summary>
    /// <remarks>
    /// Members nobody knows are kept and returned. Groups that are not yours count as not given: the contact goes to your default group.
    /// A CLOUD contact that is there already is answered with 200.
    /// </remarks>
    private static async Task<Answer> AddContactAsync(
        Caller caller, JsonBody body, ContactWriter book, WebexReader reads, CancellationToken cancellationToken)
    {
        var draft = WebexContact.Read(body.Root);
        if (draft.IsCustom)
        {
            return Show(WebexContact.Of(await book.AddAsync(caller, draft, cancellationToken), draft), StatusCodes.Status201Created);
        }

        // As it is kept, not as the directory has it: that is what the SDK asks for next.
        var isNew = await book.AddIfNewAsync(caller, draft, cancellationToken);
        var contact = await reads.FindAsync(caller, draft.ContactId!, cancellationToken);
        return Show(contact ?? throw ProblemException.NotFound("contact"), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>Deletes a contact of yours</summary>
    /// <remarks>A CLOUD contact only leaves your book; the directory is not touched.</remarks>
    /// <param name="contactId">The contact's id, as it was sent or answered.</param>
    private static async Task<Answer> RemoveContactAsync(
        Caller caller, string contactId, ContactWriter book, CancellationToken cancellationToken) =>
        TextLimits.IsId(contactId) && await book.RemoveOwnAsync(caller, contactId, cancellationToken)
            ? Answer.NoContent()
            : throw ProblemException.NotFound("contact");

    /// <summary>Adds a group, as a Webex client encrypts its name</summary>
    /// <remarks>The first group of a book becomes its default group.</remarks>
    private static async Task<Answer> AddGroupAsync(
        HttpRequest request, Caller caller, JsonBody body, GroupWriter book, FirstGroupGate gate, CancellationToken cancellationToken)
    {
        gate.Hold(caller.Own.Id, FirstGroupGate.SessionOf(request));
        try
        {
            var draft = WebexGroup.Read(body.Root);
            var group = await book.AddAsync(caller, draft, cancellationToken);
            var output = new ArrayBufferWriter<byte>(1024);
            WebexGroup.Of(group, draft).Write(output, []);
            return new Answer(StatusCodes.Status201Created, output.WrittenMemory);
        }
        finally
        {
            gate.Open(caller.Own.Id);
        }
    }

    /// <summary>Deletes a group of yours</summary>
    /// <remarks>
    /// Its contacts stay: those in no other group move to the default group, which itself can be deleted only when it is empty.
    /// </remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> RemoveGroupAsync(
        Caller caller, string groupId, GroupWriter book, GroupReader reads, CancellationToken cancellationToken) =>
        Guid.TryParseExact(groupId, "D", out var id)
        && await reads.FindAsync(caller.Own, id, cancellationToken) is not null // deleting nothing creates no book
        && await book.RemoveAsync(caller, id, deletesContacts: false, Precondition.None, cancellationToken)
            ? Answer.NoContent()
            : throw ProblemException.NotFound("group");

    private static Answer Show(WebexContact contact, int status)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        contact.Write(output);
        return new Answer(status, output.WrittenMemory);
    }
}
