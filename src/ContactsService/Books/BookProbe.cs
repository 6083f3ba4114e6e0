using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>Checks that books can be read: the database answers and its tables exist.</summary>
internal sealed class BookProbe(Database database)
{
    private const string Sql = """
        SELECT current_setting('transaction_read_only') = 'off' WHERE (SELECT count(*) FROM (SELECT FROM book LIMIT 1) AS one) >= 0
        """;

    /// <summary>Throws when books cannot be read.</summary>
    /// <returns>True when they can also be written.</returns>
    public async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var isWritable = await database.ReadAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(Sql, connection);
                return await command.ExecuteScalarAsync(cancellationToken) is true;
            },
            cancellationToken);
        if (!isWritable)
        {
            database.RenewPool(); // the next check sees whether that is still so
        }

        return isWritable;
    }
}
