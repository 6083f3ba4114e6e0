using Npgsql;

namespace ContactsService.Storage;

/// <summary>
/// Computes what a migration cannot: values of new columns that only the program can derive. A module registers its own;
/// <see cref="Migrator"/> runs them behind the migrations, one instance at a time. It finds nothing to do when it has run before.
/// </summary>
/// <param name="RunAsync">Computes everything that is missing, over a connection without a time limit.</param>
internal sealed record Backfill(Func<NpgsqlConnection, CancellationToken, Task> RunAsync);
