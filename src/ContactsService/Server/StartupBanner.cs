using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Prints the addresses, the development token and an example call when the service has started in Development.</summary>
internal sealed class StartupBanner(
    IHostApplicationLifetime lifetime,
    IHostEnvironment environment,
    ListeningAddresses addresses,
    DevelopmentAdmin developmentAdmin,
    DevelopmentToken developmentToken,
    OpenApiOptions openApi) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, lifetime.ApplicationStarted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var token = await developmentToken.PrepareAsync(stoppingToken);
            if (environment.IsDevelopment())
            {
                Print(token);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service was stopped before its database was there.
        }
    }

    private void Print(string? token)
    {
        var address = addresses.All.FirstOrDefault() ?? "http://localhost:8080";
        var header = developmentAdmin.IsAllowed ? "" : $" -H \"Authorization: Bearer {token ?? "$TOKEN"}\"";
        Console.WriteLine(openApi.Enabled ? $"\nSwagger UI:  {address}/swagger" : "");
        if (token is not null)
        {
            Console.WriteLine($"Token:       {token}");
        }

        Console.WriteLine($$"""
            First call:  curl -sw '\n'{{header}} {{address}}/contacts -H 'Content-Type: application/json' \
                           -d '{"contactType":"CUSTOM","displayName":"Joe Johnson","phoneNumber":"+1 555 010 0199"}'
            Then:        curl -sw '\n'{{header}} '{{address}}/contacts?phoneNumber=15550100199'

            """);
    }
}
