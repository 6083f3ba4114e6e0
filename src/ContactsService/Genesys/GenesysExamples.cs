using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>Examples in the OpenAPI document.</summary>
internal static class GenesysExamples
{
    /// <summary>Adds the examples of the module.</summary>
    public static IServiceCollection AddGenesysExamples(this IServiceCollection services) => services
        .AddSingleton(new SchemaExample(typeof(GenesysDraft), """{"name":"Some Contact","type":"Custom","phoneNumber":"+1 555 010 0199"}"""));
}
