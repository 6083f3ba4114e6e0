using ContactsService.Access;
using ContactsService.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Genesys;

internal static class GenesysServices
{
    /// <summary>Adds the error shape, the password scheme and the protection against forged requests.</summary>
    public static void AddGenesys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new ApiName(GenesysEndpoints.Path, "genesys"));
        services.AddSingleton(GenesysErrors.Shape);
        services.AddGenesysExamples();
        services.AddSingleton(new CorsPath(GenesysEndpoints.Path)
        {
            RequestHeaders = ["contactcenterid", "x-csrf-token"],
            ExposedHeaders = ["X-CSRF-HEADER", "X-CSRF-TOKEN"],
        });
        services.AddSingleton(Options.Create(Settings.Read<GenesysOptions>(configuration, "Genesys")));
        services.AddSingleton<GenesysCsrf>();
        services.AddTransient<GenesysScheme>();
        services.Configure<AuthenticationOptions>(options => options.AddScheme<GenesysScheme>(GenesysScheme.Name, displayName: null));
        services.PostConfigure<SwaggerGenOptions>(options => options.AddSecurityDefinition(GenesysScheme.Name, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "For /api/v2 only: your user name, with one of your tokens as the password.",
        }));
        services.Configure<AuthenticationSchemeOptions>(TokenScheme.Name, options => options.ForwardDefaultSelector = GenesysScheme.Of);
    }
}
