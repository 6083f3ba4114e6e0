using Microsoft.AspNetCore.Authentication;

namespace ContactsService.Access;

/// <summary>What the room needs.</summary>
internal static class AccessServices
{
    /// <summary>Adds tokens and the scheme that reads them; every route demands one unless it says otherwise.</summary>
    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<AccessOptions>(configuration.GetSection("Access"));
        services.AddSingleton<TokenCache>();
        services.AddSingleton<DevelopmentAdmin>();
        services.AddScoped<ApiTokenBook>();
        services.AddAuthentication(TokenScheme.Name).AddScheme<AuthenticationSchemeOptions, TokenScheme>(TokenScheme.Name, null);
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
