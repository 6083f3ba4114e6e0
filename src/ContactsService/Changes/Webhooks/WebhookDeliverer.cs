using System.Diagnostics;
using ContactsService.Access;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Changes.Webhooks;

/// <summary>Makes one attempt for a webhook that is due: makes its message unless one is open, sends it and notes the outcome.</summary>
internal sealed class WebhookDeliverer(
    IDbContextFactory<ContactsDb> contexts,
    WebhookSender sender,
    ServiceKeys keys,
    RetrySchedule schedule,
    Clock clock,
    ILogger<WebhookDispatcher> log)
{
    // With the time of the attempt itself, that is less than the lease.
    private static readonly TimeSpan MaxTimeToPrepare = TimeSpan.FromSeconds(10);

    /// <summary>Makes the attempt. The organization is claimed for this instance.</summary>
    public async Task DeliverAsync(DueWebhook due, CancellationToken cancellationToken)
    {
        var begin = Stopwatch.GetTimestamp();
        if (await PrepareAsync(due, cancellationToken) is not { } webhook || Stopwatch.GetElapsedTime(begin) > MaxTimeToPrepare)
        {
            return;
        }

        var message = WebhookMessage.OpenOf(webhook);
        var outcome = await sender.SendAsync(webhook, message, cancellationToken);
        await NoteAsync(webhook, message, outcome);
    }

    /// <summary>Returns the webhook with its open message; null when there is nothing to tell.</summary>
    private async Task<Webhook?> PrepareAsync(DueWebhook due, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var webhook = await Of(db, due).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (webhook is null || webhook.Status != Webhook.Active || webhook.MessageId is not null)
        {
            return webhook is { Status: Webhook.Active } ? webhook : null;
        }

        // The position first: what changes between the two reads is told again.
        var position = await WebhookPosition.ReadAsync(db, webhook, cancellationToken);
        var unchanged = Of(db, due).Where(row =>
            row.Status == Webhook.Active && row.MessageId == null && row.Position == webhook.Position);
        if (!await WebhookPosition.HasNewsAsync(db, webhook, cancellationToken))
        {
            await unchanged.ExecuteUpdateAsync(row => row.SetProperty(next => next.Position, position.Watched(webhook)), cancellationToken);
            return null;
        }

        var now = clock.Now;
        var ring = await keys.FindAsync(cancellationToken);
        (webhook.MessageId, webhook.MessageCreated) = (Guid.CreateVersion7(now), now);
        (webhook.MessagePosition, webhook.MessageToken) = (position.Watched(webhook), position.Token(webhook, ring));
        var updated = await unchanged.ExecuteUpdateAsync(
            row => row
                .SetProperty(next => next.MessageId, webhook.MessageId)
                .SetProperty(next => next.MessageCreated, webhook.MessageCreated)
                .SetProperty(next => next.MessagePosition, webhook.MessagePosition)
                .SetProperty(next => next.MessageToken, webhook.MessageToken),
            cancellationToken);
        return updated == 1 ? webhook : null;
    }

    // Not cancelled: the receiver has its message.
    private async Task NoteAsync(Webhook sent, WebhookMessage message, WebhookOutcome outcome)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var webhook = await WebhookRows.LockAsync(db, sent.Organization, sent.WebhookId, CancellationToken.None);
        if (webhook is null)
        {
            return; // deleted meanwhile
        }

        // Otherwise the message was dropped meanwhile, with the address that it was for, or another attempt was noted.
        var wasActive = webhook.Status == Webhook.Active;
        if (webhook.MessageId == message.Id && webhook.Attempts == sent.Attempts)
        {
            Apply(webhook, outcome);
        }

        db.Add(outcome.ToDelivery(webhook, message));
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        if (wasActive && webhook.Status == Webhook.Disabled)
        {
            WebhookMetrics.Ended(webhook.DisabledReason!);
            log.WebhookDisabled(webhook.WebhookId, webhook.DisabledReason!);
        }
    }

    private void Apply(Webhook webhook, WebhookOutcome outcome)
    {
        var now = clock.Now;
        if (outcome.HasSucceeded)
        {
            WebhookMetrics.Acknowledged(now - webhook.MessageCreated!.Value);
            webhook.Acknowledge(now);
        }
        else if (outcome.IsGone)
        {
            webhook.Disable(Webhook.ReceiverGone, now);
            webhook.Touch(now);
        }
        else
        {
            webhook.Postpone(schedule, now);
        }
    }

    private static IQueryable<Webhook> Of(ContactsDb db, DueWebhook due) =>
        db.Set<Webhook>().Where(row => row.WebhookId == due.WebhookId && row.Organization == due.Organization);
}
