using ContactsService.Http;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>Registration of the module.</summary>
internal static class AccessServices
{
    /// <summary>Adds tokens and the scheme that reads them; every route demands one unless it says otherwise.</summary>
    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Options.Create(Settings.Read<AccessOptions>(configuration, "Access")));
        services.AddSingleton<TokenCache>();
        services.AddSingleton<DevelopmentAdmin>();
        services.AddScoped<ApiTokenWriter>();
        services.AddTokenExamples();
        // The core of authentication only: the rest brings keys for cookies, which would be written to the disk.
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
