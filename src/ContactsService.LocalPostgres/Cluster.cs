using System.Diagnostics;
using Npgsql;

namespace ContactsService.LocalPostgres;

/// <summary>
/// The server of one data folder. A server that already runs is used; otherwise it is started. The caller of
/// <see cref="StartAsync"/> and <see cref="StopAsync"/> holds the start lock.
/// </summary>
internal sealed class Cluster(DataFolder data, Programs programs, Account account, LocalPostgresOptions options)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly ServerLog log = new(Path.Combine(data.Cluster, "server.log"));

    /// <summary>The folder of the socket; null before the first start, constant after it.</summary>
    public string? SocketFolder { get; private set; }

    public bool IsRunning => PidFile.Of(data.Cluster) is { } file && file.IsServer();

    /// <summary>Returns when the server accepts connections, whether this process started it or another one.</summary>
    /// <exception cref="LocalPostgresException">The server cannot be started or reached, or did not accept connections in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            // Most obstacles end by themselves: crash recovery, a shutdown in progress, backends that outlive their server.
            var obstacle = PidFile.Of(data.Cluster) is { } file && file.IsServer()
                ? await CheckRunningAsync(file, cancellationToken)
                : await LaunchAsync(cancellationToken);
            if (obstacle is null)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(start) > options.StartTimeout)
            {
                throw new LocalPostgresException(
                    $"PostgreSQL in {data.Cluster} does not answer after {options.StartTimeout.TotalSeconds:0} seconds: {obstacle}");
            }

            await Task.Delay(RetryDelay, cancellationToken);
        }
    }

    /// <summary>Stops the server and ends its sessions.</summary>
    public async Task StopAsync()
    {
        if (IsRunning)
        {
            var stopped = await account.RunAsync(
                [programs.PgCtl, "stop", "-D", data.Cluster, "-m", "fast", "-w", "-t", "120"], data.Cluster, CancellationToken.None);
            if (stopped.Code != 0)
            {
                throw new LocalPostgresException($"PostgreSQL in {data.Cluster} could not be stopped: {stopped.Output}");
            }
        }

        if (SocketFolder is { } folder)
        {
            LocalPostgres.SocketFolder.Remove(folder);
        }
    }

    private async Task<string?> CheckRunningAsync(PidFile file, CancellationToken cancellationToken)
    {
        if (file.SocketFolder.Length == 0)
        {
            return "it has no socket";
        }

        // A server that was started by hand may accept anyone, or listen at an address that the connection string does not name.
        var isElsewhere = file.Port != ServerSettings.Port || (SocketFolder is not null && SocketFolder != file.SocketFolder);
        if (isElsewhere || !await account.OwnsAloneAsync(file.SocketFolder, cancellationToken))
        {
            throw new LocalPostgresException(
                $"PostgreSQL runs on {data.Cluster} (process {file.Pid}) but listens at {file.Socket}. "
                + "It was not started by this service. Stop it first.");
        }

        try
        {
            await PrepareAsync(file.SocketFolder, cancellationToken);
            SocketFolder = file.SocketFolder;
            return null;
        }
        catch (NpgsqlException failure) when (failure is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
        {
            return $"process {file.Pid}, {file.Socket}: {failure.Message}";
        }
    }

    private async Task<string?> LaunchAsync(CancellationToken cancellationToken)
    {
        SocketFolder ??= LocalPostgres.SocketFolder.Of(data, account);
        await LocalPostgres.SocketFolder.MakeAsync(SocketFolder, account, cancellationToken);
        PidFile.RemoveStale(data.Cluster, SocketFolder);
        log.Open();

        // pg_ctl passes these arguments to a shell without quoting, so the data folder and the log are given as relative names.
        // Not cancelled: the server goes on starting when its pg_ctl is killed, and nothing would watch it.
        var launched = await account.RunAsync(
            [
                programs.PgCtl, "start", "-D", ".", "-w", "-t", $"{options.StartTimeout.TotalSeconds:0}", "-l", log.Name,
                "-o", ServerSettings.Arguments(options, data.Cluster, SocketFolder),
            ],
            data.Cluster,
            CancellationToken.None);
        if (launched.Code == 0)
        {
            return "it was started and has exited";
        }

        var output = log.Read();
        return ServerLog.IsTransient(output)
            ? output
            : throw new LocalPostgresException($"PostgreSQL could not be started in {data.Cluster}: {output} {launched.Output}");
    }

    private async Task PrepareAsync(string socketFolder, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            $"{LocalServer.ConnectionStringOf(socketFolder, "postgres")};Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellationToken);
        await using var durable = new NpgsqlCommand("SELECT current_setting('fsync')::bool", connection);
        if (options.Durable && await durable.ExecuteScalarAsync(cancellationToken) is false)
        {
            throw new LocalPostgresException(
                $"PostgreSQL runs on {data.Cluster} with fsync off, so committed data may be lost. Stop it first.");
        }

        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new() { Value = options.Database } },
        };
        if (await find.ExecuteScalarAsync(cancellationToken) is null)
        {
            var name = new NpgsqlCommandBuilder().QuoteIdentifier(options.Database);
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
