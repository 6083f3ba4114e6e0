namespace ContactsService.Http;

/// <summary>A path whose routes, and whose errors, pages of other sites may call and read. A room registers its own as a singleton.</summary>
/// <param name="Prefix">Whole segments, such as <c>/api/v2</c>.</param>
internal sealed record DoorForOtherSites(PathString Prefix);

/// <summary>Lets pages of other sites call some doors from a browser (CORS): a call needs its credentials all the same.</summary>
internal static class OtherSites
{
    private const string Policy = "other-sites";

    // Each of these makes a browser ask first. The Webex SDK sends those of the second line (webex-wire.md, 1),
    // callers of Genesys those of the last (genesys-wire.md, 1.6).
    private static readonly string[] RequestHeaders =
    [
        "authorization", "content-type", "if-match", "if-none-match", "idempotency-key",
        "trackingid", "spark-user-agent", "cisco-no-http-redirect", "cisco-device-url",
        "contactcenterid", "x-csrf-token",
    ];

    private static readonly TimeSpan PreflightLife = TimeSpan.FromHours(1);

    /// <summary>Adds the policy; the setting <c>Cors:Origins</c> names the sites, with commas between, or is <c>*</c> for any.</summary>
    public static void AddOtherSites(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = (configuration["Cors:Origins"] ?? "*").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        services.AddCors(cors => cors.AddPolicy(Policy, policy =>
        {
            policy
                .WithOrigins(origins)
                .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .WithHeaders(RequestHeaders)
                .WithExposedHeaders("trackingid", "etag", "location", "X-CSRF-HEADER", "X-CSRF-TOKEN")
                .SetPreflightMaxAge(PreflightLife);
            if (!origins.Contains("*", StringComparer.Ordinal))
            {
                policy.AllowCredentials(); // cookies, which no browser sends for just any site
            }
        }));
    }

    /// <summary>Goes by the path, not by the route: a 404 or 405 is no route's, and must be readable all the same.</summary>
    public static void UseOtherSites(this WebApplication app)
    {
        var doors = app.Services.GetServices<DoorForOtherSites>().ToArray();
        app.UseWhen(
            http => Array.Exists(doors, door => http.Request.Path.StartsWithSegments(door.Prefix, StringComparison.OrdinalIgnoreCase)),
            door => door.UseCors(Policy));
    }
}
