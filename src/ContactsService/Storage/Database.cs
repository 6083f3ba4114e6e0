using Npgsql;

namespace ContactsService.Storage;

/// <summary>The connections to PostgreSQL. Safe for any number of threads.</summary>
internal sealed class Database(NpgsqlDataSource source)
{
    private const int MostAttempts = 4;

    /// <summary>A pool whose limits suit a service: it rather fails soon than waits.</summary>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        void Default(string keyword, object value)
        {
            if (!given.ContainsKey(keyword) || !connectionString.Contains(keyword, StringComparison.OrdinalIgnoreCase))
            {
                given[keyword] = value;
            }
        }

        Default("Maximum Pool Size", 32); // a few times the cores of the server; more only makes them wait there
        Default("Timeout", 2); // seconds for a connection; a lost database is to be told within 5
        Default("Command Timeout", 2); // seconds
        Default("Cancellation Timeout", -1); // a server that does not answer does not hear a cancellation either
        Default("Max Auto Prepare", 100);
        Default("Auto Prepare Min Usages", 2);
        Default("No Reset On Close", true); // no statement of ours leaves a trace in its session
        Default("Include Error Detail", false); // it would carry contact values
        Default("Application Name", "contacts-service");
        if (given.Host?.StartsWith('/') == false)
        {
            // By the kernel: Npgsql's own blocks a thread for each idle connection. Not for Unix sockets.
            Default("Tcp Keepalive", true);
            Default("Tcp Keepalive Time", 5); // seconds
        }

        return new NpgsqlDataSourceBuilder(given.ConnectionString).Build();
    }

    /// <summary>An open connection for one unit of work.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellation) => source.OpenConnectionAsync(cancellation);

    /// <summary>
    /// Runs something that only reads; again if the pool gave it a dead connection, as it does after the database was
    /// away, and may do more than once while others are just clearing it. Writes are not repeated here: only their caller can know whether that is safe.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await ConnectAsync(cancellation);
                return await read(connection);
            }
            catch (Exception lost) when (DatabaseFailure.IsLost(lost) && attempt < MostAttempts)
            {
                Forget();
            }
        }
    }

    /// <summary>Forgets all pooled connections, after one of them turned out to be dead.</summary>
    public void Forget() => source.Clear();
}
