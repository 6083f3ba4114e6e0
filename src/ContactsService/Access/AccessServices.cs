using ContactsService.Access.Oidc;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

internal static class AccessServices
{
    /// <summary>
    /// Adds tokens and their authentication scheme. Every route requires authentication unless it allows anonymous calls.
    /// </summary>
    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Options.Create(Settings.Read<AccessOptions>(configuration, "Access")));
        services.AddSingleton<GuessLimits>();
        services.AddSingleton<TokenCache>();
        services.AddSingleton(OidcIssuers.Read(configuration));
        services.AddSingleton<JwtReader>();
        services.AddHttpClient(JwtReader.HttpClientName, http =>
        {
            http.Timeout = TimeSpan.FromSeconds(3); // within the time of an answer
            http.MaxResponseContentBufferSize = 1024 * 1024;
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        }).RemoveAllLoggers();
        services.AddSingleton<ServiceKeys>();
        services.AddSingleton<DevelopmentAdmin>();
        services.AddSingleton<DevelopmentToken>();
        services.AddSingleton<AccessRevisions>();
        services.AddScoped<ApiTokenWriter>();
        services.AddScoped<UserAccessWriter>();
        services.AddSingleton(PeriodicPurge.Of<ApiToken>(now => token => token.Expires < now));
        services.AddTokenExamples();
        // Only the core of authentication: AddAuthentication also adds data protection, which writes keys to the disk.
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = TokenScheme.Name;
            options.AddScheme<TokenScheme>(TokenScheme.Name, displayName: null);
        });
        services.AddWebEncoders();
        services.AddTransient<TokenScheme>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
