using System.Text.Json;

namespace ContactsService.Client;

/// <summary>
/// What a receiver of a webhook is told. A message may come more than once, and a later one makes those before it needless: read the
/// changes after the token that you have.
/// </summary>
public sealed record WebhookMessage
{
    /// <summary>changes: there is something new. test: you asked for it. Ignore other types: newer services may have more.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened, UTC. The time of the attempt is in the header <c>webhook-timestamp</c>.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>What it is about.</summary>
    public required WebhookMessageData Data { get; init; }

    /// <summary>Reads the body of a message. Verify it first, by <see cref="WebhookSignature"/>.</summary>
    /// <param name="body">The body as it came.</param>
    /// <exception cref="JsonException">It is no message.</exception>
    public static WebhookMessage Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, ClientJson.Wire.WebhookMessage) ?? throw new JsonException("The message is null.");
}

/// <summary>What a message of a webhook is about.</summary>
public sealed record WebhookMessageData
{
    /// <summary>The id of the webhook, a UUID.</summary>
    public required string WebhookId { get; init; }

    /// <summary>Whose book changed: your id or the organization's.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Up to where there is something new, as a token of <see cref="ChangeCalls"/>; it is that of the webhook's creator.</summary>
    public required string Token { get; init; }
}
