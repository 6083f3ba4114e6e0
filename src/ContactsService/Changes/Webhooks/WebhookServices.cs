using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Changes.Webhooks;

internal static class WebhookServices
{
    private static readonly TimeSpan LeaseLifetime = TimeSpan.FromDays(1);

    // EF Core has no words for the number of a row within its webhook.
    private const string PurgeSql = """
        DELETE FROM webhook_delivery d
        USING (
            SELECT webhook_id, delivery_id, organization,
                   row_number() OVER (PARTITION BY webhook_id, organization ORDER BY time DESC, delivery_id DESC) AS place
            FROM webhook_delivery
        ) numbered
        WHERE d.webhook_id = numbered.webhook_id AND d.delivery_id = numbered.delivery_id
          AND d.organization = numbered.organization AND numbered.place > {0}
        """;

    public static void AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        var options = Settings.Read<WebhookOptions>(configuration, "Webhooks");
        services.AddHttpClient(WebhookSender.ClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => WebhookConnection.Handler(options))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // its connections have a lifetime of their own
            .RemoveAllLoggers(); // addresses of receivers may have secrets in them
        services
            .AddSingleton(options)
            .AddSingleton<RetrySchedule>()
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<WebhookSender>()
            .AddSingleton<WebhookQueue>()
            .AddSingleton<WebhookDeliverer>()
            .AddSingleton<WebhookTestLimits>()
            .AddScoped<WebhookWriter>()
            .AddScoped<WebhookTester>()
            .AddHostedService<WebhookDispatcher>()
            .AddSingleton(PeriodicPurge.Of<WebhookDelivery>(now => delivery => delivery.Time < now - WebhookDelivery.Lifetime))
            .AddSingleton(PeriodicPurge.Of<WebhookLease>(now => lease => lease.Expires < now - LeaseLifetime))
            .AddSingleton(new PeriodicPurge((db, _, cancellationToken) =>
                db.Database.ExecuteSqlRawAsync(PurgeSql, [WebhookDelivery.MaxKept], cancellationToken)))
            .AddWebhookExamples();
    }
}
