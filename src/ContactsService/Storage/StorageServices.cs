using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ContactsService.Storage;

internal static class StorageServices
{
    /// <summary>Adds the connection pool, the EF Core model and the background services.</summary>
    public static void AddStorage(this IServiceCollection services, string connectionString)
    {
        var source = Database.Open(connectionString); // a mistake in it stops the start, not the first request
        services.AddSingleton(_ => source);
        services.AddSingleton<Database>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Clock>();
        // The options are made once: by default they would be made anew for each request.
        services.AddDbContextFactory<ContactsDb>(
            (provider, options) => options
                .UseNpgsql(provider.GetRequiredService<Npgsql.NpgsqlDataSource>())
                // The migrations are SQL files; a test compares the model with the tables that they create.
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        // A context that is injected would not be in the transaction of its request: only BookTransaction gives one.
        services.RemoveAll<ContactsDb>();
        services.AddSingleton<Migrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Migrator>());
        services.AddHostedService<Housekeeping>();
    }
}
