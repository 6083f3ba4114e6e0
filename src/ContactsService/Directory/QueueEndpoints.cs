using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Contacts;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Directory;

internal static class QueueEndpoints
{
    private static readonly AttributeSet Attributes = new(
    [
        new("queueId", AttributeKind.Id, "contact_id") { Aliases = ["id"] },
        new("name", AttributeKind.Text, "display_name"),
        new("phoneNumber", AttributeKind.Phones, "phone_numbers") { HasLookup = true },
        new("created", AttributeKind.Time, "created") { Aliases = ["meta.created"] },
        new("lastModified", AttributeKind.Time, "last_modified") { Aliases = ["meta.lastModified"] },
    ]);

    private static readonly string[] Members = ["queueId", "name", "phoneNumber", "description", "meta"];

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal);

    public static void MapQueues(this IEndpointRouteBuilder app)
    {
        var queues = app.MapGroup("/queues").WithTags("Queues")
            .WithMetadata(new WritesOrganizationBook(), new InScope(ScopeAreas.Directory));
        queues.MapGet("", ListAsync).Named("listQueues").Lists(Attributes, "name", "phoneNumber")
            .Produces<QueueList>(200).Produces(304).Problems(400, 401, 403, 406, 429, 503);
        queues.MapPost("", AddAsync).Named("createQueue").AcceptsJson<QueueDraft>().Produces<QueueDocument>(201)
            .SendsETag(201).SendsLocation().Idempotent()
            .Problems(400, 401, 403, 406, 408, 413, 415, 422, 429, 503);
        var queue = queues.MapGroup("/{queueId}");
        queue.MapGet("", FindAsync).Named("getQueue").Produces<QueueDocument>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 403, 404, 406, 429, 503);
        queue.MapPut("", ReplaceAsync).Named("putQueue").AcceptsJson<QueueDraft>().Produces<QueueDocument>(200).SendsETag(200)
            .Problems(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        queue.MapPatch("", PatchAsync).Named("patchQueue").AcceptsPatch<QueueDraft>().Produces<QueueDocument>(200).SendsETag(200)
            .Problems(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        queue.MapDelete("", RemoveAsync).Named("deleteQueue").Produces(204).Problems(400, 401, 403, 404, 406, 412, 429, 503);
    }

    /// <summary>Lists the queues of your organization</summary>
    /// <remarks>
    /// For admins. Returns a page of queues, ordered by name. All users of the organization see queues as contacts of type Queue.
    /// </remarks>
    private static Task<Answer> ListAsync(
        HttpContext http, Caller caller, Precondition precondition, QueueWriter writer, CancellationToken cancellationToken)
    {
        Require(caller);
        var query = ListQuery.Read(http, caller.Own.Id, Attributes, ContactAttributes.DefaultOrder, Members);
        return writer.ListAsync(http.Request, caller, query, precondition, cancellationToken);
    }

    /// <summary>Adds a queue</summary>
    /// <remarks>For admins. All users of the organization see the queue as a contact immediately.</remarks>
    private static async Task<Answer> AddAsync(Caller caller, JsonBody body, QueueWriter writer, CancellationToken cancellationToken)
    {
        Require(caller);
        var queue = await writer.AddAsync(caller, QueueDraft.Read(body.Root), cancellationToken);
        return queue.ToAnswer(caller.Shared, StatusCodes.Status201Created) with { Location = $"/queues/{queue.Id}" };
    }

    /// <summary>Reads a queue</summary>
    /// <remarks>For admins. Others read it as a contact.</remarks>
    /// <param name="queueId">The queue's id.</param>
    private static async Task<Answer> FindAsync(
        Caller caller, string queueId, Precondition precondition, QueueWriter writer, CancellationToken cancellationToken)
    {
        Require(caller);
        var queue = await writer.FindAsync(caller, queueId, cancellationToken) ?? throw Unknown();
        var etag = queue.ETag(caller.Shared);
        return precondition.Has(etag) ? Answer.NotModified(etag) : queue.ToAnswer(caller.Shared, StatusCodes.Status200OK);
    }

    /// <summary>Replaces a queue</summary>
    /// <remarks>For admins. Members that you leave out are removed.</remarks>
    /// <param name="queueId">The queue's id.</param>
    private static Task<Answer> ReplaceAsync(
        Caller caller, string queueId, JsonBody body, Precondition precondition, QueueWriter writer, CancellationToken cancellationToken) =>
        ChangeAsync(caller, queueId, _ => QueueDraft.Read(body.Root), precondition, writer, cancellationToken);

    /// <summary>Updates a queue</summary>
    /// <remarks>For admins. JSON Merge Patch (RFC 7396): only the members that you send change; null removes a member.</remarks>
    /// <param name="queueId">The queue's id.</param>
    private static Task<Answer> PatchAsync(
        Caller caller, string queueId, JsonBody body, Precondition precondition, QueueWriter writer, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller,
            queueId,
            queue => QueueDraft.Read(MergePatch.Apply(Document(queue), body.Root, Aliases)),
            precondition,
            writer,
            cancellationToken);

    /// <summary>Deletes a queue</summary>
    /// <remarks>For admins. Users who have the queue in their own books keep its name.</remarks>
    /// <param name="queueId">The queue's id.</param>
    private static async Task<Answer> RemoveAsync(
        Caller caller, string queueId, Precondition precondition, QueueWriter writer, CancellationToken cancellationToken)
    {
        Require(caller);
        return await writer.RemoveAsync(caller, queueId, precondition, cancellationToken) ? Answer.NoContent() : throw Unknown();
    }

    private static async Task<Answer> ChangeAsync(
        Caller caller,
        string queueId,
        Func<QueueView,
        QueueDraft> change,
        Precondition precondition,
        QueueWriter writer,
        CancellationToken cancellationToken)
    {
        Require(caller);
        var queue = await writer.ChangeAsync(caller, queueId, change, precondition, cancellationToken) ?? throw Unknown();
        return queue.ToAnswer(caller.Shared, StatusCodes.Status200OK);
    }

    private static byte[] Document(QueueView queue) =>
        JsonSerializer.SerializeToUtf8Bytes<JsonObject>(queue.ToDocument(), JsonText.Options);

    private static void Require(Caller caller) => caller.RequireAdmin("read and write queues");

    private static ProblemException Unknown() => ProblemException.NotFound("queue");
}
