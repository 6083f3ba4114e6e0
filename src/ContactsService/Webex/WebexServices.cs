using ContactsService.Http;

namespace ContactsService.Webex;

internal static class WebexServices
{
    private static readonly PathString DirectoryPath = "/identity/scim";

    // webex-wire.md, 1
    private static readonly string[] RequestHeaders = ["trackingid", "spark-user-agent", "cisco-no-http-redirect", "cisco-device-url"];

    /// <summary>Adds the Webex API.</summary>
    public static void AddWebex(this IServiceCollection services, IConfiguration configuration)
    {
        var options = Settings.Read<WebexOptions>(configuration, "Webex");
        services.AddSingleton(options);
        services.AddSingleton(new ApiName($"{options.Prefix.TrimEnd('/')}/encrypt", "webex"));
        services.AddSingleton(new CorsPath($"{options.Prefix.TrimEnd('/')}/encrypt")
        {
            RequestHeaders = RequestHeaders,
            ExposedHeaders = ["trackingid"],
        });
        services.AddSingleton(new CorsPath(DirectoryPath) { RequestHeaders = RequestHeaders, ExposedHeaders = ["trackingid"] });
        // The SDK's user has one base address for contacts and directory (webex-wire.md, 5).
        services.AddSingleton(new RoutePrefix(options.Prefix.TrimEnd('/'), DirectoryPath));
        services.AddSingleton<FirstGroupGate>();
        services.AddScoped<WebexReader>();
        services.AddWebexExamples();
    }
}
