using System.Text.Json;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Changes.Webhooks;

/// <summary>Makes, reads, changes and deletes the webhooks of a caller.</summary>
internal sealed class WebhookWriter(
    BookTransaction transaction, WebhookSecrets secrets, WebhookOptions options, Clock clock)
{
    /// <summary>The most webhooks of a caller.</summary>
    public const int MaxOfCaller = 20;

    // The webhooks of one caller are counted by one request at a time.
    private const string LockSql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    private static readonly Dictionary<string, string> NoAliases = new(StringComparer.Ordinal);

    /// <summary>Makes a webhook, which tells of everything from now on. Only this result contains the secret.</summary>
    /// <exception cref="ProblemException"><c>forbidden</c>, <c>invalid-members</c>, <c>webhook-limit</c>.</exception>
    public async Task<(Webhook Webhook, string Secret)> AddAsync(Caller caller, WebhookDraft draft, CancellationToken cancellationToken)
    {
        var book = BookOf(caller, draft.OwnerId);
        var secret = WebhookSecret.New();
        var sealedSecret = await secrets.SealAsync(caller.Own, secret, cancellationToken);
        await transaction.BeginAsync(cancellationToken);
        await transaction.RunAsync(
            cancellationToken, Statement.Of(LockSql, Statement.Value($"webhook\n{caller.Organization}\n{caller.User}")));
        if (await WebhookRows.Of(transaction.Db, caller).CountAsync(cancellationToken) >= MaxOfCaller)
        {
            throw new ProblemException(
                Problems.WebhookLimit, $"You have {MaxOfCaller} webhooks, which is the limit. Delete one that you no longer need.");
        }

        var now = clock.Now;
        var webhook = new Webhook
        {
            WebhookId = Guid.CreateVersion7(now),
            Organization = caller.Organization,
            UserId = caller.User,
            BookId = book.Id,
            OwnerId = book.OwnerId,
            Url = draft.Url!,
            Kinds = [.. draft.Kinds!],
            Status = Webhook.Active,
            Secret = sealedSecret,
            NextAttempt = now,
            Version = 1,
            Created = now,
            LastModified = now,
        };
        webhook.Position = (await WebhookPosition.ReadAsync(transaction.Db, webhook, cancellationToken)).Watched(webhook);
        transaction.Db.Add(webhook);
        await transaction.SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (webhook, WebhookSecret.Text(secret));
    }

    /// <summary>The caller's webhooks, oldest first.</summary>
    public Task<List<Webhook>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        WebhookRows.Of(transaction.Db, caller).AsNoTracking()
            .OrderBy(webhook => webhook.Created).ThenBy(webhook => webhook.WebhookId)
            .ToListAsync(cancellationToken);

    /// <summary>Returns a webhook of the caller.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>.</exception>
    public async Task<Webhook> FindAsync(Caller caller, string webhookId, CancellationToken cancellationToken)
    {
        var id = IdOf(webhookId);
        return await WebhookRows.Of(transaction.Db, caller).AsNoTracking()
            .SingleOrDefaultAsync(webhook => webhook.WebhookId == id, cancellationToken) ?? throw Unknown();
    }

    /// <summary>The latest attempts, newest first.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>.</exception>
    public async Task<List<WebhookDelivery>> ListDeliveriesAsync(
        Caller caller, string webhookId, int count, CancellationToken cancellationToken)
    {
        var webhook = await FindAsync(caller, webhookId, cancellationToken);
        return await transaction.Db.Set<WebhookDelivery>().AsNoTracking()
            .Where(delivery => delivery.WebhookId == webhook.WebhookId && delivery.Organization == webhook.Organization)
            .OrderByDescending(delivery => delivery.Time).ThenByDescending(delivery => delivery.DeliveryId)
            .Take(count)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Changes a webhook by a merge patch. A patch that says what is there changes nothing.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>, <c>stale</c>, <c>forbidden</c>, <c>invalid-members</c>.</exception>
    public Task<Webhook> PatchAsync(
        Caller caller, string webhookId, JsonElement patch, Precondition precondition, CancellationToken cancellationToken) =>
        ChangeAsync(caller, webhookId, precondition, webhook =>
        {
            var patched = MergePatch.Apply(WebhookJson.Writable(webhook), patch, NoAliases);
            Apply(webhook, WebhookChange.Read(patched, webhook, options));
            return Task.FromResult(webhook);
        }, cancellationToken);

    /// <summary>Makes a new secret. The one before still signs for <see cref="WebhookSecret.Overlap"/>.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>, <c>stale</c>, <c>forbidden</c>.</exception>
    public Task<(Webhook Webhook, string Secret)> RotateAsync(
        Caller caller, string webhookId, Precondition precondition, CancellationToken cancellationToken) =>
        ChangeAsync(caller, webhookId, precondition, async webhook =>
        {
            var now = clock.Now;
            var secret = WebhookSecret.New();
            (webhook.PreviousSecret, webhook.PreviousSecretExpires) = (webhook.Secret, now + WebhookSecret.Overlap);
            webhook.Secret = await secrets.SealAsync(caller.Own, secret, cancellationToken);
            webhook.Touch(now);
            return (webhook, WebhookSecret.Text(secret));
        }, cancellationToken);

    /// <summary>Deletes a webhook with its deliveries.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>, <c>stale</c>.</exception>
    public async Task RemoveAsync(Caller caller, string webhookId, Precondition precondition, CancellationToken cancellationToken)
    {
        await transaction.BeginAsync(cancellationToken);
        var webhook = await LockAsync(caller, webhookId, precondition, cancellationToken);
        transaction.Db.Remove(webhook);
        await transaction.SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Throws when the caller may no longer watch the book: who was an admin may be an agent now.</summary>
    /// <exception cref="ProblemException"><c>forbidden</c>.</exception>
    public static void RequireBook(Caller caller, string ownerId)
    {
        if (ownerId == caller.Organization)
        {
            caller.RequireAdmin("watch the organization's contacts");
        }
    }

    private async Task<T> ChangeAsync<T>(
        Caller caller, string webhookId, Precondition precondition, Func<Webhook, Task<T>> change, CancellationToken cancellationToken)
    {
        await transaction.BeginAsync(cancellationToken);
        var webhook = await LockAsync(caller, webhookId, precondition, cancellationToken);
        RequireBook(caller, webhook.OwnerId);
        var result = await change(webhook);
        await transaction.SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private async Task<Webhook> LockAsync(
        Caller caller, string webhookId, Precondition precondition, CancellationToken cancellationToken)
    {
        var webhook = await WebhookRows.LockAsync(transaction.Db, caller.Organization, IdOf(webhookId), cancellationToken);
        if (webhook is null || webhook.UserId != caller.User)
        {
            throw Unknown();
        }

        return precondition.Versions(WebhookJson.Tag(webhook))?.Contains(webhook.Version) == false
            ? throw new ProblemException(
                Problems.Stale, "If-Match does not name the current version of the webhook. Read it again.")
            { ETag = WebhookJson.ETag(webhook) }
            : webhook;
    }

    private void Apply(Webhook webhook, WebhookChange change)
    {
        var now = clock.Now;
        var isOtherReceiver = change.Url != webhook.Url;
        if (!isOtherReceiver && change.Status == webhook.Status && change.Kinds!.SequenceEqual(webhook.Kinds, StringComparer.Ordinal))
        {
            return;
        }

        webhook.Url = change.Url!;
        webhook.Kinds = [.. change.Kinds!];
        if (change.Status == Webhook.Active && (isOtherReceiver || webhook.Status == Webhook.Disabled))
        {
            webhook.Enable(now);
        }
        else if (change.Status == Webhook.Disabled && webhook.Status == Webhook.Active)
        {
            webhook.Disable(Webhook.Requested, now);
        }

        webhook.Touch(now);
    }

    private static BookKey BookOf(Caller caller, string? ownerId)
    {
        if (ownerId is null or "me" || ownerId == caller.User)
        {
            return caller.Own;
        }

        if (ownerId != caller.Organization)
        {
            throw MemberErrors.Of("ownerId", "Must be me, your own id, or for admins the organization's id.");
        }

        RequireBook(caller, ownerId);
        return caller.Shared;
    }

    private static Guid IdOf(string webhookId) => Guid.TryParseExact(webhookId, "D", out var id) ? id : throw Unknown();

    private static ProblemException Unknown() => ProblemException.NotFound("webhook");
}
