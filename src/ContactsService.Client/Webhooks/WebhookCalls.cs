using System.Globalization;

namespace ContactsService.Client;

/// <summary>
/// The operations of <c>/webhooks</c>, on the webhooks that you have made. Safe for any number of threads. Besides the documented
/// exceptions, all methods throw <see cref="ProblemException"/> when the service refuses a request, <see cref="HttpRequestException"/> when
/// there is no response, and <see cref="System.Text.Json.JsonException"/> when the response cannot be read.
/// </summary>
public sealed class WebhookCalls
{
    private const string Webhooks = "webhooks";

    private readonly Exchange exchange;

    internal WebhookCalls(Exchange exchange) => this.exchange = exchange;

    /// <summary>Adds a webhook and returns it with its secret. Retries within the call add it only once.</summary>
    /// <param name="url">The address of the receiver, with https, on the internet; at most 2,048 characters.</param>
    /// <param name="kinds">The kinds of changes to tell of: <see cref="ChangeKinds"/>; null for all.</param>
    /// <param name="ownerId">Whose book to watch: your own id, or the organization's if you are an admin; null for your own.</param>
    /// <param name="idempotencyKey">
    /// Your own key, 1 to 255 printable ASCII characters, so that you can repeat the call even after a restart; null to create one for this
    /// call.
    /// </param>
    /// <param name="cancellationToken">Cancels the request. The webhook may have been added nevertheless.</param>
    /// <exception cref="ProblemException">
    /// <c>invalid-members</c>: the address is not allowed; <c>forbidden</c>: another owner; <c>webhook-limit</c>.
    /// </exception>
    public Task<Webhook> AddAsync(
        string url,
        IReadOnlyList<string>? kinds = null,
        string? ownerId = null,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default) =>
        WebhookAsync(
            new Call(HttpMethod.Post, Webhooks) { IdempotencyKey = idempotencyKey ?? Call.NewKey() }
                .With(new WebhookDraft(url, kinds, ownerId), ClientJson.Wire.WebhookDraft),
            cancellationToken);

    /// <summary>Returns your webhooks, oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken = default)
    {
        var reply = await exchange.SendAsync(new(HttpMethod.Get, Webhooks), cancellationToken).ConfigureAwait(false);
        return reply.Read(ClientJson.Wire.WebhookList).Webhooks;
    }

    /// <summary>Returns a webhook.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>: you have no webhook with this id.</exception>
    public Task<Webhook> GetAsync(string webhookId, CancellationToken cancellationToken = default) =>
        WebhookAsync(new(HttpMethod.Get, Address(webhookId)), cancellationToken);

    /// <summary>Updates members of a webhook. After a lost response it is retried only with <paramref name="ifMatch"/>.</summary>
    /// <param name="webhookId">The webhook's id.</param>
    /// <param name="patch">The changes.</param>
    /// <param name="ifMatch">The <see cref="Webhook.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The webhook may have been updated nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>invalid-members</c>; <c>stale</c>: the webhook has changed.</exception>
    public Task<Webhook> PatchAsync(
        string webhookId, WebhookPatch patch, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        WebhookAsync(new Call(HttpMethod.Patch, Address(webhookId)) { IfMatch = ifMatch }.With(patch.Changes), cancellationToken);

    /// <summary>Deletes a webhook. True when this call deleted it, false when you have no webhook with this id.</summary>
    /// <param name="webhookId">The webhook's id.</param>
    /// <param name="ifMatch">The <see cref="Webhook.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The webhook may have been deleted nevertheless.</param>
    /// <exception cref="ProblemException"><c>stale</c>: the webhook has changed.</exception>
    public Task<bool> RemoveAsync(string webhookId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        exchange.RemoveAsync(new(HttpMethod.Delete, Address(webhookId)) { IfMatch = ifMatch }, cancellationToken);

    /// <summary>
    /// Gives a webhook a new secret, and returns it with the secret. For 24 hours messages are signed with the secret before, too. Retries
    /// within the call rotate it only once.
    /// </summary>
    /// <param name="webhookId">The webhook's id.</param>
    /// <param name="ifMatch">The <see cref="Webhook.ETag"/> that must be current; null for any.</param>
    /// <param name="cancellationToken">Cancels the request. The secret may have been rotated nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>stale</c>: the webhook has changed.</exception>
    public Task<Webhook> RotateSecretAsync(string webhookId, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        WebhookAsync(
            new(HttpMethod.Post, $"{Address(webhookId)}/secret") { IfMatch = ifMatch, IdempotencyKey = Call.NewKey() }, cancellationToken);

    /// <summary>Sends a test message to the receiver, and returns what came of it. It takes up to 10 seconds.</summary>
    /// <param name="webhookId">The webhook's id. It may be disabled.</param>
    /// <param name="cancellationToken">Cancels the request. The message may have been sent nevertheless.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>too-many-requests</c>: more than 10 within a minute.</exception>
    public async Task<WebhookDelivery> TestAsync(string webhookId, CancellationToken cancellationToken = default)
    {
        var call = new Call(HttpMethod.Post, $"{Address(webhookId)}/test") { IdempotencyKey = Call.NewKey() };
        var reply = await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Read(ClientJson.Wire.WebhookDelivery);
    }

    /// <summary>Returns the latest attempts to deliver, newest first. The service keeps 100 of a webhook, for seven days.</summary>
    /// <param name="webhookId">The webhook's id.</param>
    /// <param name="pageSize">The maximum number of attempts, 1 to 100; null for 100.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ProblemException"><c>not-found</c>; <c>invalid-filter</c>: the number is out of its range.</exception>
    public async Task<IReadOnlyList<WebhookDelivery>> ListDeliveriesAsync(
        string webhookId, int? pageSize = null, CancellationToken cancellationToken = default)
    {
        var address = ListQuery.Address(
            $"{Address(webhookId)}/deliveries", [], [("pageSize", pageSize?.ToString(CultureInfo.InvariantCulture))]);
        var reply = await exchange.SendAsync(new(HttpMethod.Get, address), cancellationToken).ConfigureAwait(false);
        return reply.Read(ClientJson.Wire.WebhookDeliveryList).Deliveries;
    }

    private static string Address(string webhookId) => Call.Path(Webhooks, webhookId);

    private async Task<Webhook> WebhookAsync(Call call, CancellationToken cancellationToken)
    {
        var reply = await exchange.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Read(ClientJson.Wire.Webhook) with { ETag = reply.ETag };
    }
}

/// <summary>The body of <c>POST /webhooks</c>.</summary>
internal sealed record WebhookDraft(string Url, IReadOnlyList<string>? Kinds, string? OwnerId);

/// <summary>The answer of <c>GET /webhooks</c>.</summary>
internal sealed record WebhookList(IReadOnlyList<Webhook> Webhooks);

/// <summary>The answer of <c>GET /webhooks/{webhookId}/deliveries</c>.</summary>
internal sealed record WebhookDeliveryList(IReadOnlyList<WebhookDelivery> Deliveries);
