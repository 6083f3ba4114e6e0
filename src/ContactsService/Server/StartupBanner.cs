using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Prints the addresses and an example call when the service has started in Development.</summary>
internal sealed class StartupBanner(
    IHostApplicationLifetime lifetime,
    IHostEnvironment environment,
    ListeningAddresses addresses,
    DevelopmentAdmin developmentAdmin,
    OpenApiOptions openApi) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
        {
            lifetime.ApplicationStarted.Register(Print);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Print()
    {
        var address = addresses.All.FirstOrDefault() ?? "http://localhost:8080";
        var token = developmentAdmin.IsAllowed ? "" : " -H \"Authorization: Bearer $TOKEN\"";
        Console.WriteLine(openApi.Enabled ? $"\nSwagger UI:  {address}/swagger" : "");
        Console.WriteLine($$"""
            First call:  curl -sw '\n'{{token}} {{address}}/contacts -H 'Content-Type: application/json' \
                           -d '{"contactType":"CUSTOM","displayName":"Joe Johnson","phoneNumber":"+1 555 010 0199"}'
            Then:        curl -sw '\n'{{token}} '{{address}}/contacts?phoneNumber=15550100199'

            """);
    }
}
