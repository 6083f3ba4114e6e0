using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Changes.Webhooks;

internal static class WebhookServices
{
    private static readonly TimeSpan LeaseLifetime = TimeSpan.FromDays(1);

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
            .AddSingleton(EndedCreator.Disable)
            .AddHostedService<WebhookDispatcher>()
            .AddSingleton(new PeriodicPurge(WebhookDelivery.PurgeAsync))
            .AddSingleton(PeriodicPurge.Of<WebhookLease>(now => lease => lease.Expires < now - LeaseLifetime))
            .AddWebhookExamples();
    }
}
