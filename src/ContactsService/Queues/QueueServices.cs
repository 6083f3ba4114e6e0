namespace ContactsService.Queues;

/// <summary>What the room needs.</summary>
internal static class QueueServices
{
    /// <summary>Adds queues.</summary>
    public static void AddQueues(this IServiceCollection services) => services.AddScoped<QueueBook>();
}
