using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>Routes of /api/v2: contacts as callers of Genesys Web Services know them.</summary>
internal static class GenesysEndpoints
{
    /// <summary>Where all of it is.</summary>
    public const string Path = "/api/v2";

    /// <summary>Adds the routes.</summary>
    public static void MapGenesys(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Path).WithMetadata(
            new InDocument(GenesysExamples.Document), new AlsoTakes(GenesysScheme.Name), new InScope(ScopeAreas.Contacts));
        api.AddEndpointFilter(app.ServiceProvider.GetRequiredService<GenesysCsrf>().RunAsync);
        api.MapGet("/diagnostics/version", ReadVersion).Named("getVersion").WithTags("Service").AllowAnonymous()
            .Produces<GenesysVersion>(200).GenesysProblems(400, 406, 429);
        api.MapGet("/me", ReadCaller).Named("getMe").WithTags("Service").Produces<GenesysMe>(200).GenesysProblems(400, 401, 406, 429, 503);

        var contacts = api.MapGroup("/contacts").WithTags("Contacts");
        contacts.MapGet("", ListAsync).Named("listContacts").ListsGenesysContacts().Produces<GenesysContactList>(200)
            .GenesysProblems(400, 401, 406, 429, 503);
        contacts.MapPost("", AddAsync).Named("createContact").AcceptsJson<GenesysDraft>().Produces<GenesysContactAnswer>(201)
            .SendsETag(201).SendsLocation().Idempotent()
            .GenesysProblems(400, 401, 403, 406, 408, 413, 415, 422, 429, 503);

        var contact = contacts.MapGroup("/{contactId}");
        contact.MapGet("", FindAsync).Named("getContact").Produces<GenesysContactAnswer>(200).Produces(304).SendsETag(200, 304)
            .GenesysProblems(400, 401, 404, 406, 429, 503);
        contact.MapPut("", ReplaceAsync).Named("putContact").AcceptsJson<GenesysDraft>().Produces<GenesysContactAnswer>(200).SendsETag(200)
            .GenesysProblems(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        contact.MapDelete("", RemoveAsync).Named("deleteContact").Produces<GenesysDone>(200)
            .GenesysProblems(400, 401, 403, 404, 406, 412, 429, 503);
    }

    /// <summary>Reads the version</summary>
    /// <remarks>Needs no credentials.</remarks>
    private static Answer ReadVersion() => Success(new JsonObject { ["version"] = ServiceVersion.Text });

    /// <summary>Reads who you are</summary>
    /// <remarks>The user and the roles of your token.</remarks>
    private static Answer ReadCaller(Caller caller)
    {
        JsonArray roles = caller.Role == Role.Admin
            ? [GenesysAttributes.AdminRole, GenesysAttributes.AgentRole]
            : [GenesysAttributes.AgentRole];
        var user = new JsonObject { ["id"] = caller.User, ["userName"] = caller.User, ["roles"] = roles };
        return Success(new JsonObject { ["user"] = user });
    }

    /// <summary>Lists the contacts you can see</summary>
    /// <remarks>
    /// Queues, users and custom contacts: of your organization, its directory and your own book.
    /// Several filters are ANDed; a comma, or the parameter again, means any of several values.
    /// </remarks>
    private static Task<Answer> ListAsync(
        HttpRequest request, Caller caller, ContactSearch search, CancellationToken cancellationToken)
    {
        var query = GenesysQuery.Read(request.Query);
        return search.ListAsync(
            request,
            caller,
            query.Search,
            matches => Success(new JsonObject
            {
                ["totalCount"] = matches.Count,
                ["contacts"] = new JsonArray(
                    [.. matches.Contacts.Select(contact => GenesysContact.Of(contact, caller, request).ToJson(query.Fields))]),
            }),
            cancellationToken);
    }

    /// <summary>Reads a contact</summary>
    /// <remarks>A queue, a user or a custom contact; of your own book, too.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> FindAsync(
        HttpRequest request, Caller caller, string contactId, Precondition precondition, ContactReader reads,
        CancellationToken cancellationToken)
    {
        var contact = await SeeAsync(caller, contactId, reads, cancellationToken);
        var etag = contact.ETag(caller);
        return precondition.Has(etag) ? Answer.NotModified(etag) : Success(contact, caller, request, StatusCodes.Status200OK);
    }

    /// <summary>Adds a custom contact to the organization</summary>
    /// <remarks>For admins.</remarks>
    private static async Task<Answer> AddAsync(
        HttpRequest request, Caller caller, JsonBody body, ContactWriter book, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("write the organization's contacts");
        var contact = await book.AddAsync(caller, GenesysDraft.Read(body.Root, current: null).ToDraft(caller), cancellationToken);
        return Success(contact, caller, request, StatusCodes.Status201Created) with { Location = $"{Path}/contacts/{contact.ContactId}" };
    }

    /// <summary>Changes a custom contact of the organization</summary>
    /// <remarks>For admins. Sets its name and its numbers; without a number it has none. What this API does not show stays.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> ReplaceAsync(
        HttpRequest request, Caller caller, string contactId, JsonBody body, Precondition precondition, ContactReader reads,
        ContactWriter book,
        CancellationToken cancellationToken)
    {
        var current = GenesysContact.Of(await FindWritableAsync(caller, contactId, reads, cancellationToken), caller, request);
        var patch = GenesysDraft.Read(body.Root, current).ToPatch(caller, current);
        var contact = await book.PatchAsync(caller, contactId, patch, precondition, cancellationToken) ?? throw Unknown();
        return Success(contact, caller, request, StatusCodes.Status200OK);
    }

    /// <summary>Deletes a custom contact of the organization</summary>
    /// <remarks>For admins.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> RemoveAsync(
        Caller caller, string contactId, Precondition precondition, ContactReader reads, ContactWriter book,
        CancellationToken cancellationToken)
    {
        await FindWritableAsync(caller, contactId, reads, cancellationToken);
        return await book.RemoveAsync(caller, contactId, precondition, cancellationToken) ? Success([]) : throw Unknown();
    }

    // The vendor knows no personal books: its writes are about the contacts of all.
    private static async Task<ContactView> FindWritableAsync(
        Caller caller, string contactId, ContactReader reads, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("write the organization's contacts");
        var contact = await SeeAsync(caller, contactId, reads, cancellationToken);
        if (contact.IsCloud)
        {
            throw GenesysErrors.DirectoryReadOnly();
        }

        return contact.IsOwn
            ? throw GenesysErrors.Refuse(
                Problems.Forbidden,
                GenesysErrors.Forbidden,
                "This contact is your own, not the organization's; it is written under /contacts.")
            : contact;
    }

    private static async Task<ContactView> SeeAsync(
        Caller caller, string contactId, ContactReader reads, CancellationToken cancellationToken) =>
        (TextLimits.IsId(contactId) ? await reads.FindAsync(caller, contactId, cancellationToken) : null) ?? throw Unknown();

    private static Answer Success(ContactView contact, Caller caller, HttpRequest request, int status)
    {
        var members = new JsonObject { ["contact"] = GenesysContact.Of(contact, caller, request).ToJson() };
        return Success(members, status) with { ETag = contact.ETag(caller) };
    }

    // The vendor's code of success comes first in every good answer.
    private static Answer Success(JsonObject members, int status = StatusCodes.Status200OK)
    {
        members.Insert(0, "statusCode", 0);
        return new(status, JsonSerializer.SerializeToUtf8Bytes(members, JsonText.Options));
    }

    private static ProblemException Unknown() => ProblemException.NotFound("contact");
}
