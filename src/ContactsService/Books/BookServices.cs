using ContactsService.Http;

namespace ContactsService.Books;

internal static class BookServices
{
    public static void AddBooks(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(Settings.Read<AnswerCacheOptions>(configuration, "AnswerCache"))
        .AddSingleton<AnswerCache>()
        .AddSingleton<BookWriteQueue>()
        .AddSingleton<BookProbe>()
        .AddScoped<BookTransaction>()
        .AddScoped<SnapshotReader>();
}
