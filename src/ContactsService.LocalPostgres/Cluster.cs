using System.Diagnostics;
using Npgsql;

namespace ContactsService.LocalPostgres;

/// <summary>The server of one data folder: adopted when it runs, launched when it does not. Starting and stopping need the start lock.</summary>
internal sealed class Cluster(DataFolder data, Programs programs, Account account, LocalPostgresOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ServerLog log = new(Path.Combine(data.Cluster, "server.log"));

    /// <summary>Where the socket is; null before the first start. It stays the same as long as this object lives.</summary>
    public string? SocketFolder { get; private set; }

    /// <summary>True when the server's process is there.</summary>
    public bool IsRunning => PidFile.Of(data.Cluster) is { } file && file.IsServer();

    /// <summary>Comes back when the server answers, whoever started it.</summary>
    /// <exception cref="LocalPostgresException">It cannot be started or reached, or did not answer in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            // What stands in the way passes by itself, or so we hope for a while: repair after a crash, a shutdown, backends without their server.
            var obstacle = PidFile.Of(data.Cluster) is { } file && file.IsServer() ? await AskAsync(file, cancellationToken) : await LaunchAsync(cancellationToken);
            if (obstacle is null)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(start) > options.StartTimeout)
            {
                throw new LocalPostgresException($"PostgreSQL in {data.Cluster} does not answer after {options.StartTimeout.TotalSeconds:0} seconds: {obstacle}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Stops the server, and has its sessions ended.</summary>
    public async Task StopAsync()
    {
        if (IsRunning)
        {
            var stopped = await account.RunAsync([programs.PgCtl, "stop", "-D", data.Cluster, "-m", "fast", "-w", "-t", "120"], data.Cluster, CancellationToken.None);
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

    private async Task<string?> AskAsync(PidFile file, CancellationToken cancellationToken)
    {
        if (file.SocketFolder.Length == 0)
        {
            return "it has no socket";
        }

        // A server that somebody started by hand: it may let anybody in, or listen where no connection string of ours leads.
        var isElsewhere = file.Port != ServerSettings.Port || (SocketFolder is not null && SocketFolder != file.SocketFolder);
        if (isElsewhere || !await account.OwnsAloneAsync(file.SocketFolder, cancellationToken))
        {
            throw new LocalPostgresException($"PostgreSQL runs on {data.Cluster} (process {file.Pid}) but listens at {file.Socket}. It was not started by this service: stop it first.");
        }

        try
        {
            await PrepareAsync(file.SocketFolder, cancellationToken);
            SocketFolder = file.SocketFolder;
            return null;
        }
        catch (NpgsqlException away) when (away is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
        {
            return $"process {file.Pid}, {file.Socket}: {away.Message}";
        }
    }

    private async Task<string?> LaunchAsync(CancellationToken cancellationToken)
    {
        SocketFolder ??= LocalPostgres.SocketFolder.Of(data, account);
        await LocalPostgres.SocketFolder.MakeAsync(SocketFolder, account, cancellationToken);
        PidFile.RemoveStale(data.Cluster, SocketFolder);
        log.Open();

        // In the data folder, and with the folder and the log named in words that need no quoting by pg_ctl, which hands them to a shell bare.
        // Not cancelled: a server whose pg_ctl was killed goes on starting, and nobody would know of it.
        var launched = await account.RunAsync(
            [programs.PgCtl, "start", "-D", ".", "-w", "-t", $"{options.StartTimeout.TotalSeconds:0}", "-l", log.Name, "-o", ServerSettings.Words(options, data.Cluster, SocketFolder)],
            data.Cluster,
            CancellationToken.None);
        if (launched.Code == 0)
        {
            return "it was started and is gone";
        }

        var said = log.Read();
        return ServerLog.IsPassing(said) ? said : throw new LocalPostgresException($"PostgreSQL could not be started in {data.Cluster}: {said} {launched.Output}");
    }

    private async Task PrepareAsync(string socketFolder, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{LocalServer.Address(socketFolder, "postgres")};Pooling=false;Timeout=5");
        await connection.OpenAsync(cancellationToken);
        await using var durable = new NpgsqlCommand("SELECT current_setting('fsync')::bool", connection);
        if (options.Durable && await durable.ExecuteScalarAsync(cancellationToken) is false)
        {
            throw new LocalPostgresException($"PostgreSQL runs on {data.Cluster} with fsync off: what is written may be lost. Stop it first.");
        }

        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = options.Database } } };
        if (await find.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(options.Database)}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
