using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Books;

internal static class BookServices
{
    private static readonly TimeSpan TombstoneLifetime = TimeSpan.FromDays(90);

    public static void AddBooks(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(Settings.Read<AnswerCacheOptions>(configuration, "AnswerCache"))
        .AddSingleton<AnswerCache>()
        .AddSingleton<BookWriteQueue>()
        .AddSingleton<BookProbe>()
        .AddScoped<BookTransaction>()
        .AddScoped<SnapshotReader>()
        .AddSingleton(PeriodicPurge.Of<Tombstone>(now => tombstone => tombstone.Deleted < now - TombstoneLifetime));
}
