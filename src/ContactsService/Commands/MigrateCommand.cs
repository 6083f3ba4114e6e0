using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Groups;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Commands;

/// <summary><c>migrate</c>: brings the tables to this version, so that the service itself needs no rights to do so.</summary>
internal static class MigrateCommand
{
    /// <summary>True when the program was started for this.</summary>
    public static bool IsAsked(string[] args) => args is ["migrate"];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0, or 1 when the database is away.</returns>
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var builder = Start.CreateBuilder([]);
        builder.Logging.ClearProviders();
        var settings = Settings.Read<DatabaseOptions>(builder.Configuration, "Database");
        await using var embedded = await EmbeddedDatabase.StartIfNeededAsync(builder.Configuration, cancellationToken);
        builder.Services.AddStorage(embedded.ConnectionString, settings);
        builder.Services.AddSingleton(new RequestLimits());
        builder.Services.AddBooks(builder.Configuration);
        builder.Services.AddGroups();
        builder.Services.AddContacts();
        await using var services = builder.Services.BuildServiceProvider();
        try
        {
            await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
            return 0;
        }
        catch (Exception lost) when (DatabaseFailure.IsUnavailable(lost))
        {
            await Console.Error.WriteLineAsync($"The database is away: {lost.Message}");
            return 1;
        }
    }
}
