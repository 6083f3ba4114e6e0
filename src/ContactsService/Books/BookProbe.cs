using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// Checks that books can be read: the database answers and its tables exist. One check at a time, whose result all get that ask meanwhile:
/// anybody may ask. Safe for any number of threads.
/// </summary>
internal sealed class BookProbe([FromKeyedServices(Database.Reserved)] Database database, Database requests)
{
    private const string Sql = """
        SELECT current_setting('transaction_read_only') = 'off' WHERE (SELECT count(*) FROM (SELECT FROM book LIMIT 1) AS one) >= 0
        """;

    private readonly Lock sync = new();
    private Task<bool> check = Task.FromResult(true);
    private bool wasWritable = true;

    /// <summary>Throws when books cannot be read.</summary>
    /// <returns>True when they can also be written.</returns>
    public Task<bool> CheckAsync()
    {
        lock (sync)
        {
            if (check.IsCompleted)
            {
                check = Task.Run(RunAsync);
            }

            return check;
        }
    }

    private async Task<bool> RunAsync()
    {
        var isWritable = await database.ReadAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(Sql, connection);
                return await command.ExecuteScalarAsync() is true;
            },
            CancellationToken.None);
        if (!isWritable)
        {
            database.RenewPool(); // the next check sees whether that is still so
        }
        else if (!wasWritable)
        {
            requests.ClearPool(); // its sessions may still be read-only
        }

        wasWritable = isWritable;
        return isWritable;
    }
}
