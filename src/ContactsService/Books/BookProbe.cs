using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// Checks that books can be read: the database answers and its tables exist. One check at a time, whose result all get that ask meanwhile:
/// anybody may ask. Safe for any number of threads.
/// </summary>
internal sealed class BookProbe([FromKeyedServices(Database.Reserved)] Database database)
{
    private readonly Lock sync = new();
    private Task<bool> check = Task.FromResult(true);

    public Task<bool> CheckAsync()
    {
        lock (sync)
        {
            if (check.IsCompleted)
            {
                check = Task.Run(() => RunAsync(CancellationToken.None));
            }

            return check;
        }
    }

    private Task<bool> RunAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("SELECT 1 FROM book LIMIT 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return true;
        },
        cancellationToken);
}
