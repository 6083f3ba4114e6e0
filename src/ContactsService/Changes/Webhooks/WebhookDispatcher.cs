using System.Collections.Concurrent;
using ContactsService.Storage;

namespace ContactsService.Changes.Webhooks;

/// <summary>
/// Looks for due webhooks once a second and delivers for each of them beside the others, so that a slow receiver delays only itself. No
/// connection to the database is held while a receiver is waited for.
/// </summary>
internal sealed class WebhookDispatcher : BackgroundService
{
    private const int MaxConcurrent = 512;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterBroken = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(2);

    private readonly WebhookQueue queue;
    private readonly WebhookDeliverer deliverer;
    private readonly Clock clock;
    private readonly ILogger<WebhookDispatcher> log;
    private readonly ConcurrentDictionary<Guid, Delivering> begun = new();

    public WebhookDispatcher(WebhookQueue queue, WebhookDeliverer deliverer, Clock clock, ILogger<WebhookDispatcher> log)
    {
        (this.queue, this.deliverer, this.clock, this.log) = (queue, deliverer, clock, log);
        WebhookMetrics.ObserveServing(() => begun.Count);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var work = new CancellationTokenSource();
        using var timer = new PeriodicTimer(Period);
        using var stop = stoppingToken.Register(timer.Dispose); // ends the loop; a cancellation would be logged as a failure
        var isAvailable = true;
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                await BeginDueAsync(work.Token);
                isAvailable = true;
            }
            catch (Exception failure) when (DatabaseFailure.IsUnavailable(failure))
            {
                if (isAvailable)
                {
                    log.WebhooksWait(failure.Message);
                }

                isAvailable = false;
            }
            catch (Exception failure)
            {
                // The host would stop with it.
                log.LookBroken(failure);
            }
        }

        await EndAsync(work);
    }

    private async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        var free = MaxConcurrent - begun.Count;
        if (free == 0)
        {
            return;
        }

        var due = await queue.FindDueAsync(clock.Now, [.. begun.Keys], free, cancellationToken);
        var served = begun.Values.CountBy(delivering => delivering.Organization, StringComparer.Ordinal).ToDictionary();
        var possible = due.GroupBy(webhook => webhook.Organization, StringComparer.Ordinal)
            .SelectMany(group => group.Take(WebhookQueue.MaxOfOrganization - served.GetValueOrDefault(group.Key)))
            .ToList();
        if (possible.Count == 0)
        {
            return;
        }

        var organizations = possible.Select(webhook => webhook.Organization).Distinct(StringComparer.Ordinal);
        var claimed = await queue.ClaimAsync(organizations, cancellationToken);
        foreach (var webhook in possible.Where(webhook => claimed.Contains(webhook.Organization)))
        {
            // Entered before it begins, because it takes itself out.
            var delivering = begun[webhook.WebhookId] = new(webhook.Organization);
            delivering.Task = DeliverAsync(webhook, cancellationToken);
        }
    }

    private async Task DeliverAsync(DueWebhook webhook, CancellationToken cancellationToken)
    {
        try
        {
            await deliverer.DeliverAsync(webhook, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The message stays open; another instance or the next start delivers it.
        }
        catch (Exception failure) when (DatabaseFailure.IsUnavailable(failure))
        {
            // The same; the next look for due webhooks says so in the log.
        }
        catch (Exception failure)
        {
            log.DeliveryBroken(failure, webhook.WebhookId);
            // Until then it counts as begun.
            await Task.Delay(PauseAfterBroken, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            begun.TryRemove(webhook.WebhookId, out _);
        }
    }

    private async Task EndAsync(CancellationTokenSource work)
    {
        work.CancelAfter(TimeToEnd);
        await Task.WhenAll(begun.Values.Select(delivering => delivering.Task));
        try
        {
            await queue.ReleaseAsync(CancellationToken.None);
        }
        catch (Exception failure) when (DatabaseFailure.IsUnavailable(failure))
        {
            log.WebhooksWait(failure.Message);
        }
    }

    private sealed class Delivering(string organization)
    {
        public string Organization { get; } = organization;

        public Task Task { get; set; } = Task.CompletedTask;
    }
}

internal static partial class WebhookLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks wait for the database: {Reason}")]
    public static partial void WebhooksWait(this ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The look for due webhooks failed within the service")]
    public static partial void LookBroken(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The delivery for webhook {WebhookId} failed within the service")]
    public static partial void DeliveryBroken(this ILogger log, Exception failure, Guid webhookId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {WebhookId} was disabled: {Reason}")]
    public static partial void WebhookDisabled(this ILogger log, Guid webhookId, string reason);
}
