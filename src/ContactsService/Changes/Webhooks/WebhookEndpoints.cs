using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;

namespace ContactsService.Changes.Webhooks;

internal static class WebhookEndpoints
{
    private static readonly DescribedParameter PageSize = new("pageSize", "The most deliveries of the answer.")
    {
        Type = ParameterType.Number,
        Minimum = 1,
        Maximum = WebhookDelivery.MaxKept,
        Default = WebhookDelivery.MaxKept,
    };

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/webhooks").WithTags("Webhooks").WithMetadata(new InScope(ScopeAreas.Webhooks));
        webhooks.MapGet("", ListAsync).Named("listWebhooks").Produces<WebhookList>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 406, 429, 503);
        webhooks.MapPost("", AddAsync).Named("createWebhook").AcceptsJson<WebhookDraft>().Produces<WebhookWithSecretDocument>(201)
            .SendsETag(201).SendsLocation().Idempotent().WithMetadata(new RefusesWith(Problems.WebhookLimit))
            .Problems(400, 401, 403, 406, 408, 409, 413, 415, 422, 429, 503);
        var webhook = webhooks.MapGroup("/{webhookId}");
        webhook.MapGet("", FindAsync).Named("getWebhook").Produces<WebhookDocument>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 404, 406, 429, 503);
        webhook.MapPatch("", PatchAsync).Named("patchWebhook").Produces<WebhookDocument>(200).SendsETag(200)
            .Accepts<WebhookChange>("application/merge-patch+json", "application/json")
            .Problems(400, 401, 403, 404, 406, 408, 412, 413, 415, 429, 503);
        webhook.MapDelete("", RemoveAsync).Named("deleteWebhook").Produces(204).Problems(400, 401, 404, 406, 412, 429, 503);
        webhook.MapPost("/secret", RotateAsync).Named("rotateWebhookSecret").Produces<WebhookWithSecretDocument>(200).SendsETag(200)
            .WithMetadata(new OptionalBody()).Idempotent()
            .Problems(400, 401, 403, 404, 406, 408, 412, 413, 415, 422, 429, 503);
        webhook.MapPost("/test", TestAsync).Named("testWebhook").Produces<WebhookDeliveryDocument>(200)
            .WithMetadata(new OptionalBody()).IdempotentWithoutTransaction()
            .Problems(400, 401, 403, 404, 406, 408, 413, 415, 422, 429, 503);
        webhook.MapGet("/deliveries", ListDeliveriesAsync).Named("listWebhookDeliveries").WithMetadata(PageSize)
            .Produces<WebhookDeliveryList>(200).Produces(304).SendsETag(200, 304)
            .Problems(400, 401, 404, 406, 429, 503);
    }

    /// <summary>Lists your webhooks</summary>
    /// <remarks>Oldest first. Only you see the webhooks that you have made; you may have 20.</remarks>
    private static async Task<Answer> ListAsync(
        Caller caller, Precondition precondition, WebhookWriter writer, CancellationToken cancellationToken)
    {
        var webhooks = await writer.ListAsync(caller, cancellationToken);
        return List("webhooks", webhooks.Select(WebhookJson.Of), precondition);
    }

    /// <summary>Adds a webhook</summary>
    /// <remarks>
    /// From now on, the receiver gets a signed POST within seconds when something has changed in the book. The message says up to which
    /// token of GET /changes there is something new, and nothing else. Only this answer contains the secret.
    /// </remarks>
    private static async Task<Answer> AddAsync(
        Caller caller, JsonBody body, WebhookWriter writer, WebhookOptions options, CancellationToken cancellationToken)
    {
        var (webhook, secret) = await writer.AddAsync(caller, WebhookDraft.Read(body.Root, options), cancellationToken);
        return new Answer(StatusCodes.Status201Created, WebhookJson.Bytes(WebhookJson.WithSecret(webhook, secret)))
        {
            ETag = WebhookJson.ETag(webhook),
            Location = $"/webhooks/{webhook.WebhookId}",
        };
    }

    /// <summary>Reads a webhook</summary>
    /// <remarks>With its status and, when it is disabled, the reason. The secret is not shown again.</remarks>
    /// <param name="webhookId">The webhook's id.</param>
    private static async Task<Answer> FindAsync(
        Caller caller, string webhookId, Precondition precondition, WebhookWriter writer, CancellationToken cancellationToken)
    {
        var webhook = await writer.FindAsync(caller, webhookId, cancellationToken);
        var etag = WebhookJson.ETag(webhook);
        return precondition.Has(etag) ? Answer.NotModified(etag) : ToAnswer(webhook);
    }

    /// <summary>Updates a webhook</summary>
    /// <remarks>
    /// JSON Merge Patch (RFC 7396) of url, kinds and status. The status active enables a disabled webhook again, whose receiver is told at
    /// once of what has changed meanwhile.
    /// </remarks>
    /// <param name="webhookId">The webhook's id.</param>
    private static async Task<Answer> PatchAsync(
        Caller caller,
        string webhookId,
        JsonBody body,
        Precondition precondition,
        WebhookWriter writer,
        CancellationToken cancellationToken) =>
        ToAnswer(await writer.PatchAsync(caller, webhookId, body.Root, precondition, cancellationToken));

    /// <summary>Deletes a webhook</summary>
    /// <remarks>Its deliveries are deleted with it.</remarks>
    /// <param name="webhookId">The webhook's id.</param>
    private static async Task<Answer> RemoveAsync(
        Caller caller, string webhookId, Precondition precondition, WebhookWriter writer, CancellationToken cancellationToken)
    {
        await writer.RemoveAsync(caller, webhookId, precondition, cancellationToken);
        return Answer.NoContent();
    }

    /// <summary>Gives a webhook a new secret</summary>
    /// <remarks>
    /// Only this answer contains it. For 24 hours messages have two signatures, one with the secret before; a secret before that one ends
    /// at once. There is no body.
    /// </remarks>
    /// <param name="webhookId">The webhook's id.</param>
    private static async Task<Answer> RotateAsync(
        Caller caller,
        string webhookId,
        JsonBody body,
        Precondition precondition,
        WebhookWriter writer,
        CancellationToken cancellationToken)
    {
        body.RequireEmpty();
        var (webhook, secret) = await writer.RotateAsync(caller, webhookId, precondition, cancellationToken);
        return new(StatusCodes.Status200OK, WebhookJson.Bytes(WebhookJson.WithSecret(webhook, secret)))
        {
            ETag = WebhookJson.ETag(webhook),
        };
    }

    /// <summary>Sends a test message</summary>
    /// <remarks>
    /// Sends a message of the type test at once, also when the webhook is disabled, and answers with what came of it, after ten seconds at
    /// most. You may send 10 within a minute. There is no body.
    /// </remarks>
    /// <param name="webhookId">The webhook's id.</param>
    private static async Task<Answer> TestAsync(
        HttpContext http, Caller caller, string webhookId, JsonBody body, WebhookTester tester, CancellationToken cancellationToken)
    {
        body.RequireEmpty();
        var delivery = await tester.TestAsync(caller, webhookId, http.Features.Get<RequestDeadline>(), cancellationToken);
        return new(StatusCodes.Status200OK, WebhookJson.Bytes(WebhookJson.Of(delivery)));
    }

    /// <summary>Lists the latest deliveries of a webhook</summary>
    /// <remarks>Each attempt is a delivery, newest first. The last 100 are kept, for seven days.</remarks>
    /// <param name="webhookId">The webhook's id.</param>
    private static async Task<Answer> ListDeliveriesAsync(
        HttpRequest request,
        Caller caller,
        string webhookId,
        Precondition precondition,
        WebhookWriter writer,
        CancellationToken cancellationToken)
    {
        var size = ListQuery.ReadPageSize(request.Query, WebhookDelivery.MaxKept, WebhookDelivery.MaxKept);
        var deliveries = await writer.ListDeliveriesAsync(caller, webhookId, size, cancellationToken);
        return List("deliveries", deliveries.Select(WebhookJson.Of), precondition);
    }

    private static Answer ToAnswer(Webhook webhook) =>
        new(StatusCodes.Status200OK, WebhookJson.Bytes(WebhookJson.Of(webhook))) { ETag = WebhookJson.ETag(webhook) };

    // A short list: its version is the hash of its text.
    private static Answer List(string name, IEnumerable<JsonObject> entries, Precondition precondition)
    {
        var body = WebhookJson.Bytes(new() { [name] = new JsonArray([.. entries]) });
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        return precondition.Has(etag) ? Answer.NotModified(etag) : new(StatusCodes.Status200OK, body) { ETag = etag };
    }
}
