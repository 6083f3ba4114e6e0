using ContactsService.Http;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace ContactsService.Server;

/// <summary>Lets pages of other origins call some paths from a browser (CORS). A call needs its credentials all the same.</summary>
internal static class CorsPaths
{
    private const string Policy = "cors-paths";

    // Each of these makes a browser ask first.
    private static readonly string[] RequestHeaders = ["authorization", "content-type", "if-match", "if-none-match", "idempotency-key"];
    private static readonly string[] ExposedHeaders = ["etag", "location"];

    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromHours(1);

    /// <summary>Adds the policy; the setting <c>Cors:Origins</c> lists the origins, separated by commas, or is <c>*</c> for any.</summary>
    public static void AddCorsPaths(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = Settings.Read<CorsSettings>(configuration, "Cors").Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IEnumerable<CorsPath>>((cors, paths) => cors.AddPolicy(Policy, policy =>
        {
            policy
                .WithOrigins(origins)
                .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders([.. RequestHeaders.Concat(paths.SelectMany(path => path.RequestHeaders)).Distinct(StringComparer.OrdinalIgnoreCase)])
                .WithExposedHeaders([.. ExposedHeaders.Concat(paths.SelectMany(path => path.ExposedHeaders)).Distinct(StringComparer.OrdinalIgnoreCase)])
                .SetPreflightMaxAge(PreflightLifetime);
            if (!origins.Contains("*", StringComparer.Ordinal))
            {
                policy.AllowCredentials(); // cookies, which no browser sends to just any origin
            }
        }));
    }

    /// <summary>Adds the middleware. It goes by the path, not by the route: a 404 or 405 belongs to no route, and must be readable all the same.</summary>
    public static void UseCorsPaths(this WebApplication app)
    {
        var paths = app.Services.GetServices<CorsPath>().ToArray();
        app.UseWhen(
            http => Array.Exists(paths, path => http.Request.Path.StartsWithSegments(path.Prefix, StringComparison.OrdinalIgnoreCase)),
            branch => branch.UseCors(Policy));
    }
}
