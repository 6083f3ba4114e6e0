using ContactsService.Access;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Changes.Webhooks;

/// <summary>Reads webhooks.</summary>
internal static class WebhookRows
{
    /// <summary>The webhooks of a caller. Those of others do not exist for the caller.</summary>
    public static IQueryable<Webhook> Of(ContactsDb db, Caller caller) =>
        db.Set<Webhook>().Where(webhook => webhook.Organization == caller.Organization && webhook.UserId == caller.User);

    /// <summary>Reads a webhook to change it, and locks its row until the transaction ends; null when it does not exist.</summary>
    public static Task<Webhook?> LockAsync(ContactsDb db, string organization, Guid webhookId, CancellationToken cancellationToken) =>
        db.Set<Webhook>()
            .FromSql(
                $"SELECT * FROM webhook WHERE webhook_id = {webhookId} AND organization = {organization} FOR NO KEY UPDATE")
            .AsTracking()
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Makes the versions of all webhooks go on from a number, after a restore.</summary>
    public static Task RenewAsync(ContactsDb db, long version, CancellationToken cancellationToken) =>
        db.Set<Webhook>().ExecuteUpdateAsync(update => update.SetProperty(webhook => webhook.Version, version), cancellationToken);
}
