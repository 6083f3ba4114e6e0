namespace ContactsService.Client;

/// <summary>An attempt to deliver a message of a webhook.</summary>
public sealed record WebhookDelivery
{
    /// <summary>The id, a UUID.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The header <c>webhook-id</c> of the message: the same for all attempts at it.</summary>
    public required string MessageId { get; init; }

    /// <summary>changes or test.</summary>
    public required string Type { get; init; }

    /// <summary>When the attempt began, UTC.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Milliseconds until the receiver answered or the attempt ended.</summary>
    public int DurationMs { get; init; }

    /// <summary>succeeded when the receiver answered with 2xx, otherwise failed.</summary>
    public required string Result { get; init; }

    /// <summary>The HTTP status of the receiver's answer; null when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it failed; null when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The token that the message told.</summary>
    public string? Token { get; init; }
}
