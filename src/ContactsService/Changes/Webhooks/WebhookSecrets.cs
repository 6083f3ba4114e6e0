using ContactsService.Access;
using ContactsService.Books;

namespace ContactsService.Changes.Webhooks;

/// <summary>Seals the secrets of webhooks for the database, and opens them to sign.</summary>
internal sealed class WebhookSecrets(ServiceKeys keys)
{
    private const string Purpose = "webhook-secret";

    /// <summary>Seals a new secret of a user's webhook.</summary>
    public async Task<byte[]> SealAsync(BookKey own, byte[] secret, CancellationToken cancellationToken) =>
        (await keys.FindAsync(cancellationToken)).Seal(Purpose, own.Id, secret);

    /// <summary>The secrets that sign a message at this time.</summary>
    public async Task<IReadOnlyList<byte[]>> SigningAsync(Webhook webhook, DateTime now, CancellationToken cancellationToken)
    {
        var ring = await keys.FindAsync(cancellationToken);
        var book = BookKey.Of(webhook.Organization, webhook.UserId).Id;
        byte[][] signing = webhook.PreviousSecretExpires > now ? [webhook.Secret, webhook.PreviousSecret!] : [webhook.Secret];
        return
        [
            .. signing.Select(secret => ring.Open(Purpose, book, secret)
                ?? throw new InvalidOperationException("A webhook's secret cannot be opened: its key is not in service_key.")),
        ];
    }
}
