namespace ContactsService.Webex;

/// <summary>What the room needs.</summary>
internal static class WebexServices
{
    /// <summary>Adds the Webex door.</summary>
    public static void AddWebex(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Webex").Get<WebexOptions>() ?? new WebexOptions());
        services.AddSingleton<WebexGate>();
        services.AddScoped<WebexReads>();
    }
}
