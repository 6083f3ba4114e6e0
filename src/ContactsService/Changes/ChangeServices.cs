using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Changes;

internal static class ChangeServices
{
    public static void AddChanges(this IServiceCollection services, IConfiguration configuration)
    {
        var options = Settings.Read<ChangeOptions>(configuration, "Changes");
        if (options.KeepDeletionsDays > 0)
        {
            var lifetime = TimeSpan.FromDays(options.KeepDeletionsDays);
            services.AddSingleton(new PeriodicPurge(
                (db, now, cancellationToken) => TombstonePurge.RunAsync(db, now - lifetime, cancellationToken)));
        }

        services.AddSingleton(options);
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<ChangeWatcher>();
        services.AddSingleton<ChangeStream>();
        services.AddChangeExamples();
    }
}
