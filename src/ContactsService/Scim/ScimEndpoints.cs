using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Routes of SCIM 2.0 (RFC 7644) for the users of the organization's directory.</summary>
internal static class ScimEndpoints
{
    /// <summary>Adds the routes under the usual address of SCIM and under the one that the Webex SDK uses.</summary>
    public static void MapScim(this IEndpointRouteBuilder app)
    {
        Map(app.MapGroup("/scim/v2"), suffix: "");
        Map(app.MapGroup("/identity/scim/{orgId}/v2").AddEndpointFilter(RequireOwnOrganizationAsync), suffix: "OfOrganization");
    }

    private static void Map(RouteGroupBuilder api, string suffix)
    {
        api.WithMetadata(new InDocument(ScimExamples.Document), new InScope(ScopeAreas.Directory)).AddEndpointFilter(ScimAnswer.CatchAsync);
        var users = api.MapGroup("").WithTags(suffix.Length == 0 ? "Users" : "Users of an organization");
        users.MapGet("/Users", ListAsync).Named($"listUsers{suffix}").ListsUsers().ScimProblems(400, 401, 406, 429, 503);
        users.MapPost("/Users", AddAsync).Named($"createUser{suffix}").AcceptsScim<ScimUserDraftDocument>()
            .ProducesUser(201).SendsLocation()
            .Idempotent().WithMetadata(new WritesOrganizationBook()).ScimProblems(400, 401, 403, 406, 408, 409, 413, 415, 422, 429, 503);
        users.MapPost("/Users/.search", SearchAsync).Named($"searchUsers{suffix}").AcceptsScim<ScimSearchDocument>()
            .WithMetadata(new OnlyReads(), new HasPages()).ProducesScim<ScimListDocument>(200)
            .ScimProblems(400, 401, 406, 408, 413, 415, 429, 503);
        users.MapGet("/Users/{userId}", FindAsync).Named($"getUser{suffix}").ProducesUser(200).Produces(304)
            .ScimProblems(400, 401, 404, 406, 429, 503);
        users.MapPut("/Users/{userId}", ReplaceAsync).Named($"putUser{suffix}").AcceptsScim<ScimUserDraftDocument>().ProducesUser(200)
            .ScimProblems(400, 401, 403, 404, 406, 408, 409, 412, 413, 415, 429, 503);
        users.MapPatch("/Users/{userId}", PatchAsync).Named($"patchUser{suffix}").AcceptsScim<ScimPatchDocument>().ProducesUser(200)
            .ScimProblems(400, 401, 403, 404, 406, 408, 409, 412, 413, 415, 429, 503);
        users.MapDelete("/Users/{userId}", RemoveAsync).Named($"deleteUser{suffix}").Produces(204)
            .ScimProblems(400, 401, 403, 404, 406, 412, 429, 503);
        users.MapPost("/.search", SearchAsync).Named($"search{suffix}").AcceptsScim<ScimSearchDocument>()
            .WithMetadata(new OnlyReads(), new HasPages()).ProducesScim<ScimListDocument>(200)
            .ScimProblems(400, 401, 406, 408, 413, 415, 429, 503);
        users.MapPost("/Bulk", BulkAsync).Named($"bulk{suffix}").AcceptsScim<ScimBulkDocument>().ProducesScim<ScimBulkAnswerDocument>(200)
            .WithMetadata(new LargeBody(ScimDiscovery.BulkMaxPayloadSize, Inner: "data")) // ScimBulkRequest counts the operations
            .Idempotent().WithMetadata(new WritesOrganizationBook())
            .ScimProblems(400, 401, 403, 406, 408, 413, 415, 422, 429, 503);
        MapDiscovery(
            api.MapGroup("").WithTags("Discovery")
                .WithMetadata(new IgnoresParameters(ScimQuery.Names)).AddEndpointFilter(RefuseFilterAsync),
            suffix);
    }

    private static void MapDiscovery(RouteGroupBuilder api, string suffix)
    {
        api.MapGet("/ServiceProviderConfig", DescribeService).Named($"getServiceProviderConfig{suffix}")
            .ProducesScim<ScimServiceProviderConfigDocument>(200).ScimProblems(400, 401, 403, 406, 429);
        api.MapGet("/ResourceTypes", DescribeResourceTypes).Named($"listResourceTypes{suffix}")
            .ProducesScim<ScimResourceTypeListDocument>(200).ScimProblems(400, 401, 403, 406, 429);
        api.MapGet("/ResourceTypes/{resourceType}", DescribeResourceType).Named($"getResourceType{suffix}")
            .ProducesScim<ScimResourceTypeDocument>(200).ScimProblems(400, 401, 403, 404, 406, 429);
        api.MapGet("/Schemas", DescribeSchemas).Named($"listSchemas{suffix}")
            .ProducesScim<ScimSchemaListDocument>(200).ScimProblems(400, 401, 403, 406, 429);
        api.MapGet("/Schemas/{schema}", DescribeSchema).Named($"getSchema{suffix}")
            .ProducesScim<ScimSchemaDocument>(200).ScimProblems(400, 401, 403, 404, 406, 429);
    }

    /// <summary>Lists users of the directory</summary>
    /// <remarks>
    /// Returns a page of users, ordered by id or by sortBy. Pages follow by startIndex and count (RFC 7644), or by cursor (RFC 9865): empty
    /// for the first page, then the nextCursor of the previous page. The filter has the grammar of RFC 7644, 3.4.2.2.
    /// </remarks>
    private static async Task<Answer> ListAsync(
        HttpRequest request, Caller caller, ScimUserReader reader, CancellationToken cancellationToken)
    {
        var query = ScimQuery.Read(request, caller);
        return ScimAnswer.Of(
            request, StatusCodes.Status200OK, await reader.ListAsync(caller, query, ScimAnswer.BaseUrl(request), cancellationToken));
    }

    /// <summary>Searches users of the directory</summary>
    /// <remarks>The same as the list, with the query in the body, for filters that are too long for an address (RFC 7644, 3.4.3).</remarks>
    private static async Task<Answer> SearchAsync(
        HttpRequest request, Caller caller, JsonBody body, ScimUserReader reader, CancellationToken cancellationToken)
    {
        var query = ScimQuery.Read(request.HttpContext, body.Root, caller);
        return ScimAnswer.Of(
            request, StatusCodes.Status200OK, await reader.ListAsync(caller, query, ScimAnswer.BaseUrl(request), cancellationToken));
    }

    /// <summary>Adds a user to the directory</summary>
    /// <remarks>For admins. All users of the organization see the new user as a contact immediately. The service creates the id.</remarks>
    private static async Task<Answer> AddAsync(
        HttpRequest request, Caller caller, JsonBody body, ScimUserWriter writer, CancellationToken cancellationToken)
    {
        var projection = ScimQuery.Projections(request);
        var user = await writer.AddAsync(caller, ScimUserWriter.NewId(), ScimUserJson.Read(body.Root), cancellationToken);
        return ScimAnswer.Of(request, StatusCodes.Status201Created, user, projection);
    }

    /// <summary>Reads a user</summary>
    /// <remarks>One who has left the directory, too.</remarks>
    /// <param name="userId">The user's id.</param>
    private static async Task<Answer> FindAsync(
        HttpRequest request,
        Caller caller,
        string userId,
        Precondition precondition,
        ScimUserReader reader,
        CancellationToken cancellationToken)
    {
        var projection = ScimQuery.Projections(request);
        var user = await reader.FindAsync(caller, userId, cancellationToken) ?? throw Unknown();
        return precondition.Has(user.ETag[2..]) // without W/, as Precondition stores tags
            ? Answer.NotModified(user.ETag)
            : ScimAnswer.Of(request, StatusCodes.Status200OK, user, projection);
    }

    /// <summary>Replaces a user</summary>
    /// <remarks>For admins. Attributes that you leave out are removed.</remarks>
    /// <param name="userId">The user's id.</param>
    private static async Task<Answer> ReplaceAsync(
        HttpRequest request,
        Caller caller,
        string userId,
        JsonBody body,
        ScimPrecondition precondition,
        ScimUserWriter writer,
        CancellationToken cancellationToken)
    {
        var projection = ScimQuery.Projections(request);
        var resource = ScimUserJson.Read(body.Root);
        var user = await writer.ChangeAsync(caller, userId, _ => resource, precondition, cancellationToken) ?? throw Unknown();
        return ScimAnswer.Of(request, StatusCodes.Status200OK, user, projection);
    }

    /// <summary>Updates a user</summary>
    /// <remarks>
    /// For admins. Either all operations are applied or none (RFC 7644, 3.5.2). active: false removes the user from the directory but keeps
    /// the resource.
    /// </remarks>
    /// <param name="userId">The user's id.</param>
    private static async Task<Answer> PatchAsync(
        HttpRequest request,
        Caller caller,
        string userId,
        JsonBody body,
        ScimPrecondition precondition,
        ScimUserWriter writer,
        CancellationToken cancellationToken)
    {
        var projection = ScimQuery.Projections(request);
        var user = await writer.ChangeAsync(caller, userId, current => ScimPatch.Apply(current, body.Root), precondition, cancellationToken)
            ?? throw Unknown();
        return ScimAnswer.Of(request, StatusCodes.Status200OK, user, projection);
    }

    /// <summary>Deletes a user</summary>
    /// <remarks>For admins. Users who have the deleted user in their own books keep the name.</remarks>
    /// <param name="userId">The user's id.</param>
    private static async Task<Answer> RemoveAsync(
        Caller caller, string userId, ScimPrecondition precondition, ScimUserWriter writer, CancellationToken cancellationToken) =>
        await writer.RemoveAsync(caller, userId, precondition, cancellationToken) ? Answer.NoContent() : throw Unknown();

    /// <summary>Executes many operations in one request</summary>
    /// <remarks>
    /// For admins. All operations run in one transaction. An operation that fails is undone alone; after failOnErrors failures, the rest is
    /// skipped (RFC 7644, 3.7).
    /// </remarks>
    private static async Task<Answer> BulkAsync(
        HttpContext http, Caller caller, JsonBody body, ScimBulk bulk, CancellationToken cancellationToken)
    {
        var request = ScimBulkRequest.Read(body.Root);
        var deadline = http.Features.Get<RequestDeadline>();
        var results = await bulk.RunAsync(caller, request, ScimAnswer.BaseUrl(http.Request), () => deadline?.Restart(), cancellationToken);
        return ScimAnswer.Of(http.Request, StatusCodes.Status200OK, results);
    }

    /// <summary>Tells what of SCIM there is</summary>
    /// <remarks>RFC 7643, section 5.</remarks>
    private static Answer DescribeService(HttpRequest request) =>
        Show(request, ScimDiscovery.ServiceProviderConfig(ScimAnswer.BaseUrl(request)));

    /// <summary>Tells which resources there are</summary>
    /// <remarks>RFC 7643, section 6.</remarks>
    private static Answer DescribeResourceTypes(HttpRequest request) =>
        Show(request, ScimDiscovery.ResourceTypes(ScimAnswer.BaseUrl(request)));

    /// <summary>Describes a resource</summary>
    /// <remarks>RFC 7643, section 6.</remarks>
    /// <param name="resourceType">Its name: User.</param>
    private static Answer DescribeResourceType(HttpRequest request, string resourceType) =>
        Show(request, ScimDiscovery.ResourceType(ScimAnswer.BaseUrl(request), resourceType));

    /// <summary>Describes all attributes</summary>
    /// <remarks>RFC 7643, section 7.</remarks>
    private static Answer DescribeSchemas(HttpRequest request) => Show(request, ScimDiscovery.Schemas(ScimAnswer.BaseUrl(request)));

    /// <summary>Describes the attributes of a schema</summary>
    /// <remarks>RFC 7643, section 7.</remarks>
    /// <param name="schema">Its URN.</param>
    private static Answer DescribeSchema(HttpRequest request, string schema) =>
        Show(request, ScimDiscovery.Schema(ScimAnswer.BaseUrl(request), schema));

    private static Answer Show(HttpRequest request, System.Text.Json.Nodes.JsonObject? resource) =>
        ScimAnswer.Of(request, StatusCodes.Status200OK, resource ?? throw Unknown());

    private static ScimException Unknown() => new(StatusCodes.Status404NotFound, null, "No such resource is visible to you.");

    // RFC 7644, 4: a filter is answered with 403; other parameters of lists are ignored.
    private static async ValueTask<object?> RefuseFilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query.ContainsKey("filter")
            ? throw new ScimException(StatusCodes.Status403Forbidden, null, "This address does not support filters.")
            : await next(context);

    private static async ValueTask<object?> RequireOwnOrganizationAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<Caller>()!.Organization == (string?)context.HttpContext.Request.RouteValues["orgId"]
            ? await next(context)
            : throw ProblemException.NotFound("organization");
}
