using System.Diagnostics;
using Npgsql;

namespace ContactsService.Storage;

/// <summary>The connections to PostgreSQL. Safe for any number of threads.</summary>
internal sealed class Database(NpgsqlDataSource source, PoolShares? shares = null)
{
    /// <summary>The key of a pool of one connection, for checks that are answered while requests hold the whole pool.</summary>
    public const string Reserved = "reserved";

    /// <summary>The key of the pool of migrations and housekeeping, whose statements take as long as they need.</summary>
    public const string Maintenance = "maintenance";

    private const int MaxAttempts = 8;

    // Migrations take two: one holds their lock.
    private const int MaxMaintenanceConnections = 4;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(1);

    // The pool is a few times the server's cores: more connections only wait there. Connecting and a statement may each take as long as an
    // answer. Then RequestDeadline answers the caller, and the connection is given up without a cancellation, which a server that hangs
    // would not receive. Sessions keep no state, so they are not reset. Error details would contain contact values. Pages are read faster
    // than parallel workers start. A query whose connection was given up ends within a second. A prepared statement is planned once: its
    // plan depends on the book, not on the values.
    private const string Defaults =
        "Maximum Pool Size=32;Timeout=4;Command Timeout=4;Cancellation Timeout=-1;Max Auto Prepare=100;Auto Prepare Min Usages=2;"
        + "No Reset On Close=true;Include Error Detail=false;"
        + "Application Name=contacts-service";

    private const string SessionSettings =
        "-c max_parallel_workers_per_gather=0 -c client_connection_check_interval=1000 -c plan_cache_mode=force_generic_plan";

    private const string TcpDefaults = "Tcp Keepalive=true;Tcp Keepalive Time=5";

    // Of several hosts, the driver remembers which one was the primary. By its default of ten seconds, that is how long a fail-over takes.
    // While there is no primary, a standby still answers reads.
    private const string SeveralHostsDefaults = "Host Recheck Seconds=1;Target Session Attributes=prefer-primary";

    private long renewed;

    /// <summary>A pool whose limits suit a service: it rather fails soon than waits.</summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be read, or a value is out of its range.</exception>
    public static NpgsqlDataSource Open(string connectionString, DatabaseOptions options) =>
        Open(connectionString, Defaults + SessionOptions(options), poolSize: null);

    /// <summary>The pool with the key <see cref="Reserved"/>.</summary>
    public static NpgsqlDataSource OpenReserved(string connectionString, DatabaseOptions options) =>
        Open(connectionString, Defaults + SessionOptions(options), poolSize: 1);

    /// <summary>The pool with the key <see cref="Maintenance"/>.</summary>
    public static NpgsqlDataSource OpenMaintenance(string connectionString) =>
        Open(
            connectionString,
            Defaults + SessionOptions(new() { StatementSeconds = 0, IdleTransactionSeconds = 0 }),
            MaxMaintenanceConnections);

    private static string SessionOptions(DatabaseOptions options) =>
        $";Options={SessionSettings} -c statement_timeout={options.StatementSeconds}s "
        + $"-c idle_in_transaction_session_timeout={options.IdleTransactionSeconds}s";

    private static NpgsqlDataSource Open(string connectionString, string defaults, int? poolSize)
    {
        try
        {
            return Build(connectionString, defaults, poolSize);
        }
        catch (Exception mistake) when (mistake is ArgumentException or FormatException)
        {
            throw new InvalidOperationException(
                $"ConnectionStrings:Contacts: {mistake.Message.TrimEnd('.')}. Write it as "
                + "Host=localhost;Username=contacts;Password=…;Database=contacts. The environment variable is ConnectionStrings__Contacts; "
                + "docs/configuration.md has the keywords.",
                mistake);
        }
    }

    private static NpgsqlDataSource Build(string connectionString, string defaults, int? poolSize)
    {
        Check(new NpgsqlConnectionStringBuilder(connectionString));

        // What is given comes behind, under whichever of its names, and wins.
        var hosts = new NpgsqlConnectionStringBuilder(connectionString).Host?.Split(',') ?? [];
        var settings = new NpgsqlConnectionStringBuilder(string.Join(
            ';',
            defaults,
            // TCP keepalive of the kernel: Npgsql's own blocks a thread for each idle connection. Not for Unix sockets.
            hosts is [] || hosts[0].StartsWith('/') ? "" : TcpDefaults,
            hosts.Length > 1 ? SeveralHostsDefaults : "",
            connectionString));
        if (poolSize is { } size)
        {
            (settings.MinPoolSize, settings.MaxPoolSize) = (0, size);
        }

        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    // What the driver takes, and no connection would ever be opened with.
    private static void Check(NpgsqlConnectionStringBuilder given)
    {
        if (given.Port is < 1 or > 65_535)
        {
            throw new FormatException("Port is a number from 1 to 65535");
        }

        if (given.MaxPoolSize is < 1 or > 1_000 || given.MinPoolSize > given.MaxPoolSize)
        {
            throw new FormatException("Maximum Pool Size is a number from 1 to 1000, and no smaller than Minimum Pool Size");
        }
    }

    /// <summary>An open connection for one unit of work.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        shares?.OpenAsync(source, cancellationToken) ?? source.OpenConnectionAsync(cancellationToken);

    /// <summary>
    /// Runs a read. It is repeated when the pool returned a dead connection, as after a restart of the database. That can happen several
    /// times while other requests clear the pool. A server that cannot be connected to is not asked again: many requests that do so keep
    /// the processors from answering. Writes are not repeated here: only their caller knows whether that is safe.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using (var connection = await ConnectAsync(cancellationToken))
            {
                try
                {
                    return await read(connection);
                }
                catch (Exception lost) when (DatabaseFailure.IsLost(lost) && attempt < MaxAttempts)
                {
                    ClearPool();
                }
            }

            await Task.Delay(RetryDelay * attempt, cancellationToken);
        }
    }

    /// <summary>Reads one row; null when there is none.</summary>
    public Task<T?> FindAsync<T>(Func<NpgsqlBatchCommand> statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class => ReadAsync(
            async connection =>
            {
                await using var batch = new NpgsqlBatch(connection) { BatchCommands = { statement() } };
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
            },
            cancellationToken);

    /// <summary>Closes all pooled connections, after one of them proved to be dead.</summary>
    public void ClearPool() => source.Clear();

    /// <summary>
    /// Closes all pooled connections, at most once a second, after a session proved to be read-only: that may be a setting which only new
    /// sessions learn to have ended, or a server that is the primary no more.
    /// </summary>
    public void RenewPool()
    {
        var last = Volatile.Read(ref renewed);
        if (Stopwatch.GetElapsedTime(last) >= RenewalInterval
            && Interlocked.CompareExchange(ref renewed, Stopwatch.GetTimestamp(), last) == last)
        {
            ClearPool();
        }
    }
}
