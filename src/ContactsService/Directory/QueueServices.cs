namespace ContactsService.Directory;

/// <summary>Registration of the module.</summary>
internal static class QueueServices
{
    /// <summary>Adds queues.</summary>
    public static void AddQueues(this IServiceCollection services) => services.AddScoped<QueueWriter>().AddQueueExamples();
}
