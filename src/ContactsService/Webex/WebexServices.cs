namespace ContactsService.Webex;

/// <summary>What the room needs.</summary>
internal static class WebexServices
{
    /// <summary>The name of the policy for pages of other sites.</summary>
    public const string Cors = "webex";

    // Each of these makes a browser ask first (webex-wire.md, 1).
    private static readonly string[] RequestHeaders =
        ["authorization", "content-type", "trackingid", "spark-user-agent", "cisco-no-http-redirect", "cisco-device-url", "if-none-match", "idempotency-key"];

    private static readonly TimeSpan PreflightLife = TimeSpan.FromHours(1);

    /// <summary>Adds the Webex door.</summary>
    public static void AddWebex(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Webex").Get<WebexOptions>() ?? new WebexOptions();
        services.AddSingleton(options);
        services.AddSingleton<WebexGate>();
        services.AddScoped<WebexReads>();
        services.AddCors(cors => cors.AddPolicy(Cors, policy => policy
            .WithOrigins(options.Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .WithMethods("GET", "POST", "DELETE")
            .WithHeaders(RequestHeaders)
            .WithExposedHeaders("trackingid", "etag")
            .SetPreflightMaxAge(PreflightLife)));
    }
}
