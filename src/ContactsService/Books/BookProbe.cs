using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>Checks that books can be read: the database answers and its tables exist.</summary>
internal sealed class BookProbe(Database database)
{
    public Task<bool> CheckAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT 1 FROM book LIMIT 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return true;
        },
        cancellationToken);
}
