using ContactsService.Http;

namespace ContactsService.Webex;

/// <summary>What the room needs.</summary>
internal static class WebexServices
{
    private static readonly PathString Directory = "/identity/scim";

    /// <summary>Adds the Webex door.</summary>
    public static void AddWebex(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Webex").Get<WebexOptions>() ?? new WebexOptions();
        services.AddSingleton(options);
        services.AddSingleton(new DoorForOtherSites($"{options.Prefix.TrimEnd('/')}/encrypt"));
        services.AddSingleton(new DoorForOtherSites(Directory));
        services.AddSingleton<WebexGate>();
        services.AddScoped<WebexReads>();
    }

    /// <summary>Finds the directory behind the prefix, too: the SDK's user has one base address for both (webex-wire.md, 5).</summary>
    public static void UseWebexPrefix(this WebApplication app)
    {
        PathString prefix = app.Services.GetRequiredService<WebexOptions>().Prefix.TrimEnd('/');
        if (!prefix.HasValue)
        {
            return;
        }

        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase, out var rest)
                && rest.StartsWithSegments(Directory, StringComparison.OrdinalIgnoreCase))
            {
                http.Request.PathBase += prefix; // so that the addresses in the answer have it
                http.Request.Path = rest;
            }

            return next(http);
        });
    }
}
