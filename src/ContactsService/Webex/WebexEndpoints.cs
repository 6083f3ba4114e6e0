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
        var users = app.MapGroup($"{prefix.TrimEnd('/')}/encrypt/Users").WithTags("Webex");
        users.MapGet("/contacts", ListAsync).Gives<WebexList>(200).Gives(304).Refuses(400, 401, 406, 429, 503);
        users.MapPost("/contacts", AddContactAsync).Takes<ContactDraft>().Gives<ContactDocument>(200).Gives<ContactDocument>(201).RepeatsAnswers()
            .Refuses(400, 401, 406, 408, 409, 413, 415, 422, 429, 503);
        users.MapDelete("/contacts/{contactId}", RemoveContactAsync).Gives(204).Refuses(400, 401, 404, 406, 429, 503);
        users.MapPost("/groups", AddGroupAsync).Takes<GroupDraft>().Gives<GroupDocument>(201).RepeatsAnswers()
            .Refuses(400, 401, 406, 408, 413, 415, 422, 429, 503);
        users.MapDelete("/groups/{groupId}", RemoveGroupAsync).Gives(204).Refuses(400, 401, 404, 406, 409, 429, 503);
    }

    /// <summary>Lists all that a Webex client can decrypt of your book</summary>
    /// <remarks>
    /// In one answer: your groups, oldest first, and your contacts. CUSTOM contacts and groups without an encryptionKeyUrl, or with plain text
    /// in a member that the client would decrypt, are left out: one of them would spoil its whole list. Lists of a book
    /// without groups are given to one session at a time, since it is about to make the first group.
    /// </remarks>
    private static async Task<Answer> ListAsync(
        HttpRequest request, Caller caller, Precondition precondition, WebexReads reads, WebexGate gate, CancellationToken cancellation)
    {
        var patience = gate.Begin();
        while (true)
        {
            var (answer, hasGroups) = await reads.ListAsync(caller, precondition, cancellation);
            if (hasGroups || await gate.EnterAsync(caller.Own.Id, WebexGate.SessionOf(request), patience, cancellation))
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
        Caller caller, JsonBody body, ContactBook book, WebexReads reads, CancellationToken cancellation)
    {
        var draft = WebexContact.Read(body.Root);
        if (draft.IsCustom)
        {
            return Show(WebexContact.Of(await book.AddAsync(caller, draft, cancellation), draft), StatusCodes.Status201Created);
        }

        // As it is kept, not as the directory has it: that is what the SDK asks for next.
        var isNew = await book.AddIfNewAsync(caller, draft, cancellation);
        var contact = await reads.FindAsync(caller, draft.ContactId!, cancellation);
        return Show(contact ?? throw ProblemException.NotFound("contact"), isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>Deletes a contact of yours</summary>
    /// <param name="contactId">The contact's id, as it was sent or answered.</param>
    private static async Task<Answer> RemoveContactAsync(Caller caller, string contactId, ContactBook book, CancellationToken cancellation) =>
        Texts.IsId(contactId) && await book.RemoveOwnAsync(caller, contactId, cancellation)
            ? Answer.Nothing()
            : throw ProblemException.NotFound("contact");

    /// <summary>Adds a group, as a Webex client encrypts its name</summary>
    /// <remarks>The first group of a book becomes its default group.</remarks>
    private static async Task<Answer> AddGroupAsync(
        HttpRequest request, Caller caller, JsonBody body, GroupBook book, WebexGate gate, CancellationToken cancellation)
    {
        gate.Hold(caller.Own.Id, WebexGate.SessionOf(request));
        try
        {
            var draft = WebexGroup.Read(body.Root);
            var group = await book.AddAsync(caller, draft, cancellation);
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
    /// <remarks>Its contacts stay: those in no other group move to the default group, which itself can be deleted only when it is empty.</remarks>
    /// <param name="groupId">The group's id.</param>
    private static async Task<Answer> RemoveGroupAsync(Caller caller, string groupId, GroupBook book, GroupReads reads, CancellationToken cancellation) =>
        Guid.TryParseExact(groupId, "D", out var id)
        && await reads.FindAsync(caller.Own, id, cancellation) is not null // deleting nothing is no reason for a book to be born
        && await book.RemoveAsync(caller, id, contactsToo: false, Precondition.None, cancellation)
            ? Answer.Nothing()
            : throw ProblemException.NotFound("group");

    private static Answer Show(WebexContact contact, int status)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        contact.Write(output);
        return new Answer(status, output.WrittenMemory);
    }
}
