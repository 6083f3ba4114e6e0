using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>Routes of /api/v2: contacts in the form of Genesys Web Services.</summary>
internal static class GenesysEndpoints
{
    /// <summary>The path of the API.</summary>
    public const string Path = "/api/v2";

    private static readonly string Version =
        typeof(GenesysEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void MapGenesys(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Path).WithTags("Genesys").WithMetadata(new AlsoTakes(GenesysScheme.Name));
        api.AddEndpointFilter(app.ServiceProvider.GetRequiredService<GenesysCsrf>().RunAsync);
        api.MapGet("/diagnostics/version", ReadVersion).AllowAnonymous().Produces<GenesysVersion>(200).GenesysProblems(406, 429);
        api.MapGet("/me", ReadCaller).Produces<GenesysMe>(200).GenesysProblems(401, 406, 429, 503);

        var contacts = api.MapGroup("/contacts");
        contacts.MapGet("", ListAsync).ListsGenesysContacts().Produces<GenesysContactList>(200).GenesysProblems(400, 401, 406, 429, 503);
        contacts.MapPost("", AddAsync).AcceptsJson<GenesysDraft>().Produces<GenesysContactAnswer>(201).Idempotent()
            .GenesysProblems(400, 401, 403, 406, 408, 413, 415, 422, 429, 503);

        var contact = contacts.MapGroup("/{contactId}");
        contact.MapGet("", FindAsync).Produces<GenesysContactAnswer>(200).Produces(304).GenesysProblems(400, 401, 404, 406, 429, 503);
        contact.MapPut("", ReplaceAsync).AcceptsJson<GenesysDraft>().Produces<GenesysContactAnswer>(200)
            .GenesysProblems(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        contact.MapDelete("", RemoveAsync).Produces<GenesysDone>(200).GenesysProblems(400, 401, 403, 404, 406, 412, 429, 503);
    }

    /// <summary>Returns the version of the service</summary>
    /// <remarks>Requires no authentication.</remarks>
    private static Answer ReadVersion() => Success(new JsonObject { ["version"] = Version });

    /// <summary>Returns the caller</summary>
    private static Answer ReadCaller(Caller caller)
    {
        JsonArray roles = caller.Role == Role.Admin
            ? [GenesysAttributes.AdminRole, GenesysAttributes.AgentRole]
            : [GenesysAttributes.AgentRole];
        return Success(new JsonObject
        {
            ["user"] = new JsonObject { ["id"] = caller.User, ["userName"] = caller.User, ["roles"] = roles },
        });
    }

    /// <summary>Lists the contacts that you can see</summary>
    /// <remarks>
    /// Returns queues, users and custom contacts of your organization and of your own book. Several filters are ANDed. Several values of a
    /// filter, separated by commas or in repeated parameters, match any of them.
    /// </remarks>
    private static async Task<Answer> ListAsync(
        HttpRequest request, Caller caller, ContactSearch search, CancellationToken cancellationToken)
    {
        var query = GenesysQuery.Read(request.Query);
        var matches = await search.FindAsync(caller, query.Question, cancellationToken);
        return Success(new JsonObject
        {
            ["totalCount"] = matches.Count,
            ["contacts"] = new JsonArray(
                [.. matches.Contacts.Select(contact => GenesysContact.Of(contact, caller, request).ToJson(query.Fields))]),
        });
    }

    /// <summary>Returns a contact</summary>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> FindAsync(
        HttpRequest request,
        Caller caller,
        string contactId,
        Precondition precondition,
        ContactReader reader,
        CancellationToken cancellationToken)
    {
        var contact = await FindVisibleAsync(caller, contactId, reader, cancellationToken);
        var etag = contact.ETag(caller);
        return precondition.Has(etag) ? Answer.NotModified(etag) : Success(contact, caller, request, StatusCodes.Status200OK);
    }

    /// <summary>Adds a custom contact to the organization</summary>
    /// <remarks>For admins.</remarks>
    private static async Task<Answer> AddAsync(
        HttpRequest request, Caller caller, JsonBody body, ContactWriter writer, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("write the organization's contacts");
        var contact = await writer.AddAsync(caller, GenesysDraft.Read(body.Root, current: null).ToDraft(caller), cancellationToken);
        return Success(contact, caller, request, StatusCodes.Status201Created) with { Location = $"{Path}/contacts/{contact.ContactId}" };
    }

    /// <summary>Updates a custom contact of the organization</summary>
    /// <remarks>
    /// For admins. Sets the name and the numbers; without a number, all are removed. Attributes that this API does not show are kept.
    /// </remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> ReplaceAsync(
        HttpRequest request,
        Caller caller,
        string contactId,
        JsonBody body,
        Precondition precondition,
        ContactReader reader,
        ContactWriter writer,
        CancellationToken cancellationToken)
    {
        var current = GenesysContact.Of(await FindWritableAsync(caller, contactId, reader, cancellationToken), caller, request);
        var patch = GenesysDraft.Read(body.Root, current).ToPatch(caller, current);
        var contact = await writer.PatchAsync(caller, contactId, patch, precondition, cancellationToken) ?? throw Unknown();
        return Success(contact, caller, request, StatusCodes.Status200OK);
    }

    /// <summary>Deletes a custom contact of the organization</summary>
    /// <remarks>For admins.</remarks>
    /// <param name="contactId">The contact's id.</param>
    private static async Task<Answer> RemoveAsync(
        Caller caller,
        string contactId,
        Precondition precondition,
        ContactReader reader,
        ContactWriter writer,
        CancellationToken cancellationToken)
    {
        await FindWritableAsync(caller, contactId, reader, cancellationToken);
        return await writer.RemoveAsync(caller, contactId, precondition, cancellationToken) ? Success([]) : throw Unknown();
    }

    // The vendor has no personal books: its writes concern the contacts of the organization.
    private static async Task<ContactView> FindWritableAsync(
        Caller caller, string contactId, ContactReader reader, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("write the organization's contacts");
        var contact = await FindVisibleAsync(caller, contactId, reader, cancellationToken);
        if (contact.IsCloud)
        {
            throw GenesysErrors.DirectoryReadOnly();
        }

        return contact.IsOwn
            ? throw GenesysErrors.Refuse(
                Problems.Forbidden,
                GenesysErrors.Forbidden,
                "This contact belongs to you, not to the organization. Write it under /contacts.")
            : contact;
    }

    private static async Task<ContactView> FindVisibleAsync(
        Caller caller, string contactId, ContactReader reader, CancellationToken cancellationToken) =>
        (TextLimits.IsId(contactId) ? await reader.FindAsync(caller, contactId, cancellationToken) : null) ?? throw Unknown();

    private static Answer Success(ContactView contact, Caller caller, HttpRequest request, int status)
    {
        var json = GenesysContact.Of(contact, caller, request).ToJson();
        return Success(new JsonObject { ["contact"] = json }, status) with { ETag = contact.ETag(caller) };
    }

    // Every successful answer begins with the vendor's status code 0.
    private static Answer Success(JsonObject members, int status = StatusCodes.Status200OK)
    {
        members.Insert(0, "statusCode", 0);
        return new(status, JsonSerializer.SerializeToUtf8Bytes(members, JsonText.Options));
    }

    private static ProblemException Unknown() => ProblemException.NotFound("contact");
}
