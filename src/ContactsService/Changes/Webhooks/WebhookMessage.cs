using ContactsService.Http;

namespace ContactsService.Changes.Webhooks;

/// <summary>What a receiver is told.</summary>
/// <param name="Id">The same at each attempt, so that a receiver can tell a doubled one.</param>
/// <param name="Type"><see cref="Changes"/> or <see cref="Test"/>.</param>
/// <param name="Created">UTC.</param>
/// <param name="WebhookId">The webhook.</param>
/// <param name="OwnerId">The owner of the book that it watches.</param>
/// <param name="Token">A change token of the webhook's creator.</param>
internal sealed record WebhookMessage(Guid Id, string Type, DateTime Created, Guid WebhookId, string OwnerId, string Token)
{
    public const string Changes = "changes";
    public const string Test = "test";

    /// <summary>The header <c>webhook-id</c>.</summary>
    public string Header => HeaderOf(Id);

    /// <summary>The open message of a webhook.</summary>
    public static WebhookMessage OpenOf(Webhook webhook) => new(
        webhook.MessageId!.Value, Changes, webhook.MessageCreated!.Value, webhook.WebhookId, webhook.OwnerId, webhook.MessageToken!);

    public static string HeaderOf(Guid id) => $"msg_{id:N}";

    public byte[] Body() => JsonText.Bytes(new
    {
        Type,
        Timestamp = Timestamps.Text(Created),
        Data = new { WebhookId, OwnerId, Token },
    }).ToArray();
}
