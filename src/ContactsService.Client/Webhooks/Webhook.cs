using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>A webhook: an address that the service calls when something has changed in a book.</summary>
public sealed record Webhook
{
    /// <summary>The id, a UUID.</summary>
    public required string WebhookId { get; init; }

    /// <summary>The address of the receiver.</summary>
    public required string Url { get; init; }

    /// <summary>The kinds of changes that it tells of: <see cref="ChangeKinds"/>.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Whose book it watches: your id or the organization's.</summary>
    public string? OwnerId { get; init; }

    /// <summary>One of <see cref="WebhookStatuses"/>.</summary>
    public string? Status { get; init; }

    /// <summary>
    /// Why it is disabled: <c>requested</c> by you, <c>receiver-gone</c> (the receiver answered 410), <c>deliveries-failed</c> (for three
    /// days), or <c>creator-without-access</c> (the directory has deactivated or deleted you); null while it is active.
    /// </summary>
    public string? DisabledReason { get; init; }

    /// <summary>When it was disabled, UTC; null while it is active.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>
    /// What messages are signed with, for <see cref="WebhookSignature"/>: <c>whsec_</c> and Base64. Only the answers to
    /// <see cref="WebhookCalls.AddAsync"/> and <see cref="WebhookCalls.RotateSecretAsync"/> have it; otherwise null.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>Until when the secret before signs too, UTC; null when there was none, and where <see cref="Secret"/> is null.</summary>
    public DateTimeOffset? PreviousSecretExpires { get; init; }

    /// <summary>The times and the version.</summary>
    public Meta? Meta { get; init; }

    /// <summary>The ETag that was read, for If-Match; null for entries of a list.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    // A log of the record must not show the secret.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(System.Globalization.CultureInfo.InvariantCulture, $"WebhookId = {WebhookId}, Status = {Status}");
        return true;
    }
}

/// <summary>The values of <see cref="Webhook.Status"/>.</summary>
public static class WebhookStatuses
{
    /// <summary>The receiver is called.</summary>
    public const string Active = "active";

    /// <summary>The receiver is not called.</summary>
    public const string Disabled = "disabled";
}
