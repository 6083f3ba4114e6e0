using System.Threading.RateLimiting;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Changes.Webhooks;

/// <summary>Limits the test messages of each caller at this instance: nobody floods a receiver with them.</summary>
internal sealed class WebhookTestLimits : IDisposable
{
    /// <summary>The most test messages of a caller within a minute.</summary>
    public const int MaxPerMinute = 10;

    private static readonly TokenBucketRateLimiterOptions Options = new()
    {
        TokenLimit = MaxPerMinute,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / MaxPerMinute,
        QueueLimit = 0,
    };

    private readonly PartitionedRateLimiter<Guid> callers =
        PartitionedRateLimiter.Create<Guid, Guid>(book => RateLimitPartition.GetTokenBucketLimiter(book, static _ => Options));

    /// <exception cref="ProblemException"><c>too-many-requests</c>.</exception>
    public void Require(BookKey own)
    {
        using var lease = callers.AttemptAcquire(own.Id);
        if (!lease.IsAcquired)
        {
            throw new ProblemException(
                Problems.TooManyRequests, $"A caller may send {MaxPerMinute} test messages per minute. Wait a few seconds.");
        }
    }

    public void Dispose() => callers.Dispose();
}

/// <summary>Sends test messages while their caller waits.</summary>
internal sealed class WebhookTester(
    BookTransaction transaction,
    WebhookWriter writer,
    WebhookSender sender,
    ServiceKeys keys,
    WebhookTestLimits limits,
    Clock clock)
{
    /// <summary>Sends a test message, also for a disabled webhook. It does not count among the attempts of other messages.</summary>
    /// <exception cref="ProblemException"><c>not-found</c>, <c>forbidden</c>, <c>too-many-requests</c>.</exception>
    public async Task<WebhookDelivery> TestAsync(
        Caller caller, string webhookId, RequestDeadline? deadline, CancellationToken cancellationToken)
    {
        var webhook = await writer.FindAsync(caller, webhookId, cancellationToken);
        WebhookWriter.RequireBook(caller, webhook.OwnerId);
        limits.Require(caller.Own);
        var position = await WebhookPosition.ReadAsync(transaction.Db, webhook, cancellationToken);
        await transaction.DisposeAsync(); // holds no connection while the receiver is waited for
        var token = position.Token(webhook, await keys.FindAsync(cancellationToken));
        var now = clock.Now;
        var message = new WebhookMessage(
            Guid.CreateVersion7(now), WebhookMessage.Test, now, webhook.WebhookId, webhook.OwnerId, token);
        deadline?.Pause();
        var outcome = await sender.SendAsync(webhook, message, cancellationToken);
        deadline?.Resume();
        return await NoteAsync(webhook, outcome.ToDelivery(webhook, message), cancellationToken);
    }

    private async Task<WebhookDelivery> NoteAsync(Webhook webhook, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        await transaction.BeginAsync(cancellationToken);
        if (await WebhookRows.LockAsync(transaction.Db, webhook.Organization, webhook.WebhookId, cancellationToken) is not null)
        {
            transaction.Db.Add(delivery);
            await transaction.SaveAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return delivery;
    }
}
