namespace ContactsService.LocalPostgres;

/// <summary>
/// A private PostgreSQL server on this machine, reached by a Unix socket that only its account can open. Any number of processes may use
/// one data folder at the same time: the first one starts the server, the last one stops it. While one of them runs, a server that dies is
/// started again. Safe for any number of threads.
/// </summary>
public sealed class LocalServer : IAsyncDisposable
{
    /// <summary>The superuser.</summary>
    internal const string User = "contacts";

    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    private readonly Cluster cluster;
    private readonly DataFolder data;
    private readonly LocalPostgresOptions options;
    private readonly FileStream usersLock;
    private readonly CancellationTokenSource stopping = new();
    private Task watching = Task.CompletedTask;
    private int isDisposed;

    private LocalServer(Cluster cluster, DataFolder data, LocalPostgresOptions options, FileStream usersLock)
    {
        this.cluster = cluster;
        this.data = data;
        this.options = options;
        this.usersLock = usersLock;
    }

    /// <summary>
    /// Host, Username and Database for Npgsql. It stays the same when the server is started again; open connections do not survive that.
    /// </summary>
    public string ConnectionString => ConnectionStringOf(cluster.SocketFolder!, options.Database);

    /// <summary>
    /// The full path of the folder in use: the requested one, or the fallback under /var/lib when the server's account cannot reach it.
    /// </summary>
    public string DataFolder => data.FullPath;

    /// <summary>
    /// Starts the server or joins the processes that use it, creates the database when it is missing, and returns when it accepts
    /// connections.
    /// </summary>
    /// <exception cref="LocalPostgresException">
    /// No server is installed, the folder belongs to another user, or the server does not start. The message says what to do.
    /// </exception>
    public static async Task<LocalServer> StartAsync(LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (OperatingSystem.IsWindows())
        {
            throw new LocalPostgresException(
                "The service cannot start PostgreSQL by itself on Windows. "
                + "Set ConnectionStrings__Contacts to a server, or use docker compose up.");
        }

        var account = await Account.FindAsync(cancellationToken);
        var data = await LocalPostgres.DataFolder.FindAsync(options.DataFolder, account, options.Log, cancellationToken);
        await using var startLock = await FileLock.TakeAsync(data.StartLock, options.StartTimeout, cancellationToken);
        var programs = await Programs.FindAsync(options.ProgramFolders, data.Major, cancellationToken);
        await data.InitializeAsync(programs, account, options.Durable, cancellationToken);

        var server = new LocalServer(new Cluster(data, programs, account, options), data, options, FileLock.Share(data.UsersLock));
        try
        {
            await server.cluster.StartAsync(cancellationToken);
        }
        catch
        {
            await server.LeaveAsync();
            throw;
        }

        server.watching = server.WatchAsync();
        return server;
    }

    /// <summary>Stops using the server, and stops the server when no other process uses it. Returns when that is done.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
        try
        {
            await using var startLock = await FileLock.TakeAsync(data.StartLock, options.StartTimeout, CancellationToken.None);
            await LeaveAsync();
        }
        catch (LocalPostgresException failure)
        {
            // The caller can do nothing about it. The next start takes the server over and stops it at its end.
            options.Log?.Invoke(failure.Message);
            await usersLock.DisposeAsync();
        }
    }

    internal static string ConnectionStringOf(string socketFolder, string database) =>
        new Npgsql.NpgsqlConnectionStringBuilder { Host = socketFolder, Username = User, Database = database }.ConnectionString;

    private async Task LeaveAsync()
    {
        await usersLock.DisposeAsync();
        await using var exclusive = FileLock.TryTake(data.UsersLock);
        if (exclusive is not null)
        {
            await cluster.StopAsync();
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(WatchInterval);
        var isLost = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                isLost = !await RestartIfLostAsync(isLost);
            }
        }
        catch (OperationCanceledException)
        {
            // DisposeAsync ends the loop.
        }
    }

    /// <summary>Starts a server that has died. Every failure is followed by another attempt, but only the first one is logged.</summary>
    private async Task<bool> RestartIfLostAsync(bool isLogged)
    {
        try
        {
            if (cluster.IsRunning)
            {
                return true;
            }

            await using var startLock = await FileLock.TakeAsync(data.StartLock, options.StartTimeout, stopping.Token);
            await cluster.StartAsync(stopping.Token);
            options.Log?.Invoke("PostgreSQL had stopped and was started again.");
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (!isLogged)
            {
                options.Log?.Invoke($"PostgreSQL has stopped and cannot be started again: {failure.Message}");
            }

            return false;
        }
    }
}
