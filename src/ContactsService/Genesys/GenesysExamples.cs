using ContactsService.Http;

namespace ContactsService.Genesys;

internal static class GenesysExamples
{
    public static IServiceCollection AddGenesysExamples(this IServiceCollection services) => services
        .AddSingleton(
            new SchemaExample(typeof(GenesysDraft), """{"name":"Some Contact","type":"Custom","phoneNumber":"+1 555 010 0199"}"""));
}
