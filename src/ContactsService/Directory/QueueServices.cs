namespace ContactsService.Directory;

internal static class QueueServices
{
    public static void AddQueues(this IServiceCollection services) =>
        services.AddScoped<QueueWriter>().AddScoped<DirectoryUserWriter>().AddScoped<DirectoryUserBatch>()
            .AddScoped<DirectoryAccess>().AddQueueExamples();
}
