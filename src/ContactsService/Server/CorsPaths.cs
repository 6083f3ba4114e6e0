using ContactsService.Http;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace ContactsService.Server;

/// <summary>Allows pages of other origins to call some paths from a browser (CORS). Calls still need authentication.</summary>
internal static class CorsPaths
{
    private const string Policy = "cors-paths";

    // Headers that cause a preflight request.
    private static readonly string[] RequestHeaders = ["authorization", "content-type", "if-match", "if-none-match", "idempotency-key"];
    private static readonly string[] ExposedHeaders = ["etag", "location"];

    private static readonly TimeSpan PreflightLifetime = TimeSpan.FromHours(1);

    /// <summary>Adds the policy. The setting <c>Cors:Origins</c> lists the origins, separated by commas, or is <c>*</c> for any.</summary>
    public static void AddCorsPaths(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = Settings.Read<CorsSettings>(configuration, "Cors").Origins
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IEnumerable<CorsPath>>((cors, paths) => cors.AddPolicy(Policy, policy =>
        {
            policy
                .WithOrigins(origins)
                .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders(Union(RequestHeaders, paths.SelectMany(path => path.RequestHeaders)))
                .WithExposedHeaders(Union(ExposedHeaders, paths.SelectMany(path => path.ExposedHeaders)))
                .SetPreflightMaxAge(PreflightLifetime);
            if (!origins.Contains("*", StringComparer.Ordinal))
            {
                policy.AllowCredentials(); // cookies, which browsers do not send when any origin is allowed
            }
        }));
    }

    /// <summary>
    /// Adds the middleware. It selects by path, not by route: a 404 or 405 has no route, but pages must be able to read it.
    /// </summary>
    public static void UseCorsPaths(this WebApplication app)
    {
        var paths = app.Services.GetServices<CorsPath>().ToArray();
        app.UseWhen(
            http => Array.Exists(paths, path => http.Request.Path.StartsWithSegments(path.Prefix, StringComparison.OrdinalIgnoreCase)),
            branch => branch.UseCors(Policy));
    }

    private static string[] Union(IEnumerable<string> common, IEnumerable<string> ofModules) =>
        [.. common.Concat(ofModules).Distinct(StringComparer.OrdinalIgnoreCase)];
}
