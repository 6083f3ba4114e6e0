namespace ContactsService.Http;

/// <summary>Lets pages of other sites call some doors from a browser (CORS). No cookie is involved: a call needs its token all the same.</summary>
internal static class OtherSites
{
    /// <summary>The name of the policy, for the routes that have it.</summary>
    public const string Policy = "other-sites";

    // Each of these makes a browser ask first; the Webex SDK sends the ones in the middle (webex-wire.md, 1).
    private static readonly string[] RequestHeaders =
    [
        "authorization", "content-type", "trackingid", "spark-user-agent", "cisco-no-http-redirect", "cisco-device-url",
        "if-match", "if-none-match", "idempotency-key",
    ];

    private static readonly TimeSpan PreflightLife = TimeSpan.FromHours(1);

    /// <summary>Adds the policy; the setting <c>Cors:Origins</c> names the sites, with commas between, or is <c>*</c> for any.</summary>
    public static void AddOtherSites(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = (configuration["Cors:Origins"] ?? "*").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        services.AddCors(cors => cors.AddPolicy(Policy, policy => policy
            .WithOrigins(origins)
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders(RequestHeaders)
            .WithExposedHeaders("trackingid", "etag", "location")
            .SetPreflightMaxAge(PreflightLife)));
    }
}
