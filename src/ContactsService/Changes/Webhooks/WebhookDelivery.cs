using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Changes.Webhooks;

/// <summary>An attempt to deliver a message.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>The number of deliveries of a webhook that are kept.</summary>
    public const int MaxKept = 100;

    // EF Core has no words for the number of a row within its webhook.
    private const string PurgeSql = """
        DELETE FROM webhook_delivery old
        USING (
            SELECT webhook_id, delivery_id, organization, time,
                   row_number() OVER (PARTITION BY webhook_id, organization ORDER BY time DESC, delivery_id DESC) AS place
            FROM webhook_delivery
        ) numbered
        WHERE old.webhook_id = numbered.webhook_id AND old.delivery_id = numbered.delivery_id
          AND old.organization = numbered.organization AND (numbered.place > {0} OR numbered.time < {1})
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>A UUID version 7.</summary>
    public Guid DeliveryId { get; init; }

    public Guid WebhookId { get; init; }

    public required string Organization { get; init; }

    /// <summary>The same for all attempts at a message.</summary>
    public Guid MessageId { get; init; }

    /// <summary><see cref="WebhookMessage.Changes"/> or <see cref="WebhookMessage.Test"/>.</summary>
    public required string Type { get; init; }

    /// <summary>When the attempt began, UTC.</summary>
    public DateTime Time { get; init; }

    public int DurationMs { get; init; }

    /// <summary>The HTTP status of the receiver's answer; null when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why the attempt failed; null when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The change token that was sent.</summary>
    public required string Token { get; init; }

    /// <summary>Deletes what is too old, and beyond the last ones of each webhook.</summary>
    public static Task PurgeAsync(ContactsDb db, DateTime now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(PurgeSql, [MaxKept, now - Lifetime], cancellationToken);
}
