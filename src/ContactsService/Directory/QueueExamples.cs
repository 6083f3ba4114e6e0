using ContactsService.Http;

namespace ContactsService.Directory;

/// <summary>Tags and examples in the OpenAPI document.</summary>
internal static class QueueExamples
{
    public static IServiceCollection AddQueueExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiTag(ApiDocument.Native, "Queues", "The queues of your organization; for admins.") { Place = 6 })
        .AddSingleton(new SchemaExample(typeof(QueueDraft), """
            {"name":"Support","phoneNumber":"+1 555 010 0100","description":"Everything that broke"}
            """));
}
