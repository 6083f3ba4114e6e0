using ContactsService.Http;

namespace ContactsService.Directory;

/// <summary>Examples in the OpenAPI document.</summary>
internal static class QueueExamples
{
    public static IServiceCollection AddQueueExamples(this IServiceCollection services) => services
        .AddSingleton(new SchemaExample(
            typeof(QueueDraft), """{"name":"Support","phoneNumber":"+1 555 010 0100","description":"Questions about broken devices"}"""));
}
