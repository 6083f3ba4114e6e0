using ContactsService.Books;
using ContactsService.Changes.Webhooks;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Commands;

/// <summary><c>restore-epoch</c>: makes ETags and change tokens of before a restore void.</summary>
internal static class RestoreEpochCommand
{
    private const string Help = """
        Run it after a restore, and after a fail-over that may have lost writes, before anybody writes again: ETags and versions then differ
        from all that callers have seen, and older change tokens are refused. It needs no token, only the database of the service
        (ConnectionStrings__Contacts, or the service's own PostgreSQL).

        Usage: restore-epoch

        Exit code: 0 done, 1 the database is away, 2 wrong arguments.
        """;

    /// <summary>True when the program was started for this.</summary>
    public static bool IsAsked(string[] args) => args is ["restore-epoch", ..];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0, 1 when the database is away, or 2 when there are arguments.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args.Length > 1)
        {
            var isWanted = args[1] is "-h" or "--help" or "-?";
            await (isWanted ? Console.Out : Console.Error).WriteLineAsync(Help);
            return isWanted ? 0 : 2;
        }

        try
        {
            var epoch = await RenewAsync(cancellationToken);
            await Console.Out.WriteLineAsync($"All versions go on from {epoch}.");
            return 0;
        }
        catch (Exception lost) when (DatabaseFailure.IsUnavailable(lost))
        {
            await Console.Error.WriteLineAsync($"The database is away: {lost.Message}");
            return 1;
        }
    }

    private static async Task<long> RenewAsync(CancellationToken cancellationToken)
    {
        var builder = Start.CreateBuilder([]);
        builder.Logging.ClearProviders();
        var settings = Settings.Read<DatabaseOptions>(builder.Configuration, "Database");
        await using var embedded = await EmbeddedDatabase.StartIfNeededAsync(builder.Configuration, cancellationToken);
        builder.Services.AddStorage(embedded.ConnectionString, settings);
        await using var services = builder.Services.BuildServiceProvider();
        await services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
        await using var db = await services.GetRequiredKeyedService<IDbContextFactory<ContactsDb>>(Database.Maintenance)
            .CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(0); // it waits for writers of a running service
        var epoch = await BookEpoch.RenewAsync(db, services.GetRequiredService<Clock>().Now, cancellationToken);
        await WebhookRows.RenewAsync(db, epoch, cancellationToken);
        return epoch;
    }
}
