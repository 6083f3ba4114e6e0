using ContactsService.Http;

namespace ContactsService.Organizations;

internal static class SettingsServices
{
    public static void AddSettings(this IServiceCollection services) => services
        .AddScoped<SettingsWriter>()
        .AddSingleton(new ApiTag(ApiDocument.Native, "Settings", "What is set for your organization; admins change it.") { Place = 8 })
        .AddSingleton(new SchemaExample(typeof(SettingsDraft), """{"region":"DE"}"""))
        .AddSingleton(new SchemaExample(typeof(SettingsDocument), """{"region":"DE"}"""));
}
