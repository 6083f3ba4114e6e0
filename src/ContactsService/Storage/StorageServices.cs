using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace ContactsService.Storage;

internal static class StorageServices
{
    /// <summary>Adds the connection pool, the EF Core model and the background services.</summary>
    public static void AddStorage(this IServiceCollection services, string connectionString, DatabaseOptions settings)
    {
        var source = Database.Open(connectionString, settings); // a mistake in it stops the start, not the first request
        services.AddSingleton(_ => source);
        services.AddSingleton(_ => new PoolShares(settings, new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize));
        services.AddSingleton(provider => new Database(source, provider.GetRequiredService<PoolShares>()));
        services.AddKeyedSingleton(Database.Reserved, (_, _) => Database.OpenReserved(connectionString, settings));
        services.AddKeyedSingleton(
            Database.Reserved, (provider, key) => new Database(provider.GetRequiredKeyedService<NpgsqlDataSource>(key)));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Clock>();
        // The options are made once: by default they would be made anew for each request.
        services.AddDbContextFactory<ContactsDb>((provider, options) =>
            Configure(options, provider.GetRequiredService<NpgsqlDataSource>()).AddInterceptors(provider.GetRequiredService<PoolShares>()));
        services.AddKeyedSingleton(Database.Maintenance, (_, _) => Database.OpenMaintenance(connectionString));
        services.AddKeyedSingleton<IDbContextFactory<ContactsDb>>(Database.Maintenance, (provider, key) =>
            new PooledDbContextFactory<ContactsDb>(Configure(
                new DbContextOptionsBuilder<ContactsDb>(), provider.GetRequiredKeyedService<NpgsqlDataSource>(key)).Options));
        // A context that is injected would not be in the transaction of its request: only BookTransaction gives one.
        services.RemoveAll<ContactsDb>();
        services.AddSingleton<Migrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Migrator>());
        services.AddHostedService<Housekeeping>();
    }

    private static T Configure<T>(T options, NpgsqlDataSource source)
        where T : DbContextOptionsBuilder
    {
        // The migrations are SQL files; a test compares the model with the tables that they create.
        options.UseNpgsql(source).ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        return options;
    }
}
