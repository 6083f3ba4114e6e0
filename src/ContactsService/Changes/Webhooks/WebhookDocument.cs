using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Http;

namespace ContactsService.Changes.Webhooks;

/// <summary>A webhook as it is answered. Its secret is not shown again.</summary>
internal record WebhookDocument
{
    /// <summary>A UUID version 7.</summary>
    public required Guid WebhookId { get; init; }

    /// <summary>The address of the receiver.</summary>
    [MaxLength(WebhookUrl.MaxLength)]
    public required string Url { get; init; }

    /// <summary>The kinds of changes that it tells of.</summary>
    [AllowedValues("contact", "group", "directoryGroup")]
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Whose book it watches: your id or the organization's.</summary>
    public required string OwnerId { get; init; }

    /// <summary>active or disabled.</summary>
    [AllowedValues(Webhook.Active, Webhook.Disabled)]
    public required string Status { get; init; }

    /// <summary>
    /// Why it is disabled: requested by you, receiver-gone (the receiver answered 410), deliveries-failed (for three days), or
    /// creator-without-access (the directory has deactivated or deleted you). Absent while it is active.
    /// </summary>
    [AllowedValues(Webhook.Requested, Webhook.ReceiverGone, Webhook.DeliveriesFailed, Webhook.CreatorEnded)]
    public string? DisabledReason { get; init; }

    /// <summary>When it was disabled, UTC; absent while it is active.</summary>
    public DateTime? DisabledAt { get; init; }

    /// <summary>The times and the version.</summary>
    public required MetaDocument Meta { get; init; }
}

/// <summary>A webhook with its new secret.</summary>
internal sealed record WebhookWithSecretDocument : WebhookDocument
{
    /// <summary>What messages are signed with: whsec_ and Base64. It is not shown again.</summary>
    public required string Secret { get; init; }

    /// <summary>Until when the secret before signs too, UTC; absent when there was none.</summary>
    public DateTime? PreviousSecretExpires { get; init; }
}

/// <summary>The caller's webhooks.</summary>
internal sealed record WebhookList
{
    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<WebhookDocument> Webhooks { get; init; }
}

/// <summary>An attempt to deliver a message.</summary>
internal sealed record WebhookDeliveryDocument
{
    /// <summary>A UUID version 7.</summary>
    public required Guid DeliveryId { get; init; }

    /// <summary>The header webhook-id of the message: the same for all attempts at it.</summary>
    public required string MessageId { get; init; }

    /// <summary>changes or test.</summary>
    [AllowedValues(WebhookMessage.Changes, WebhookMessage.Test)]
    public required string Type { get; init; }

    /// <summary>When the attempt began, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Milliseconds until the receiver answered or the attempt ended.</summary>
    public required int DurationMs { get; init; }

    /// <summary>succeeded when the receiver answered with 2xx, otherwise failed.</summary>
    [AllowedValues("succeeded", "failed")]
    public required string Result { get; init; }

    /// <summary>The HTTP status of the receiver's answer; absent when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it failed; absent when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The change token that the message told.</summary>
    public required string Token { get; init; }
}

/// <summary>The latest deliveries of a webhook.</summary>
internal sealed record WebhookDeliveryList
{
    /// <summary>Newest first; 100 at most are kept, for seven days.</summary>
    public required IReadOnlyList<WebhookDeliveryDocument> Deliveries { get; init; }
}

/// <summary>Webhooks and deliveries as JSON.</summary>
internal static class WebhookJson
{
    /// <summary>What the ETags of a webhook begin with.</summary>
    public static string Tag(Webhook webhook) => webhook.WebhookId.ToString("N")[^12..];

    public static string ETag(Webhook webhook) => Answer.Tag(Tag(webhook), webhook.Version);

    /// <summary>What callers can change: the target of merge patches.</summary>
    public static JsonObject Writable(Webhook webhook) => new()
    {
        ["url"] = webhook.Url,
        ["kinds"] = new JsonArray([.. webhook.Kinds.Select(kind => (JsonNode)kind)]),
        ["status"] = webhook.Status,
    };

    public static JsonObject Of(Webhook webhook)
    {
        var json = new JsonObject
        {
            ["webhookId"] = webhook.WebhookId,
            ["url"] = webhook.Url,
            ["kinds"] = new JsonArray([.. webhook.Kinds.Select(kind => (JsonNode)kind)]),
            ["ownerId"] = webhook.OwnerId,
            ["status"] = webhook.Status,
        };
        if (webhook.DisabledReason is { } reason)
        {
            json["disabledReason"] = reason;
            json["disabledAt"] = Timestamps.Text(webhook.DisabledAt!.Value);
        }

        json["meta"] = new JsonObject
        {
            ["created"] = Timestamps.Text(webhook.Created),
            ["lastModified"] = Timestamps.Text(webhook.LastModified),
            ["version"] = webhook.Version,
            ["etag"] = ETag(webhook),
        };
        return json;
    }

    /// <summary>The only answer with the secret.</summary>
    public static JsonObject WithSecret(Webhook webhook, string secret)
    {
        var json = Of(webhook);
        json["secret"] = secret;
        if (webhook.PreviousSecretExpires is { } expires)
        {
            json["previousSecretExpires"] = Timestamps.Text(expires);
        }

        return json;
    }

    public static JsonObject Of(WebhookDelivery delivery)
    {
        var json = new JsonObject
        {
            ["deliveryId"] = delivery.DeliveryId,
            ["messageId"] = WebhookMessage.HeaderOf(delivery.MessageId),
            ["type"] = delivery.Type,
            ["time"] = Timestamps.Text(delivery.Time),
            ["durationMs"] = delivery.DurationMs,
            ["result"] = delivery.Error is null ? "succeeded" : "failed",
        };
        if (delivery.StatusCode is { } status)
        {
            json["statusCode"] = status;
        }

        if (delivery.Error is { } error)
        {
            json["error"] = error;
        }

        json["token"] = delivery.Token;
        return json;
    }

    public static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, JsonText.Options);
}
