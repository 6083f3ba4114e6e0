namespace ContactsService.LocalPostgres;

/// <summary>
/// A private PostgreSQL server on this machine, reached by a Unix socket that only its account can open. Any number of processes may use one
/// data folder at once: the first starts the server, the last to leave stops it. While one of them lives, a server that dies is started again.
/// </summary>
public sealed class LocalServer : IAsyncDisposable
{
    /// <summary>The superuser.</summary>
    internal const string User = "contacts";

    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(500);

    private readonly Cluster cluster;
    private readonly DataFolder data;
    private readonly LocalPostgresOptions options;
    private readonly FileStream use;
    private readonly CancellationTokenSource leaving = new();
    private Task watching = Task.CompletedTask;
    private int left;

    private LocalServer(Cluster cluster, DataFolder data, LocalPostgresOptions options, FileStream use)
    {
        this.cluster = cluster;
        this.data = data;
        this.options = options;
        this.use = use;
    }

    /// <summary>Host, Username and Database for Npgsql. It stays the same when the server is started again; open connections do not survive that.</summary>
    public string ConnectionString => Address(cluster.SocketFolder!, options.Database);

    /// <summary>The full path of the folder in use: the wanted one, or its stand-in under /var/lib when root's stand-in account cannot reach that.</summary>
    public string DataFolder => data.FullPath;

    /// <summary>Starts the server or joins those who use it, makes the database when it is missing, and comes back when it answers.</summary>
    /// <exception cref="LocalPostgresException">No server is installed, the folder belongs to somebody else, or the server does not start; the message says what to do.</exception>
    public static async Task<LocalServer> StartAsync(LocalPostgresOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (OperatingSystem.IsWindows())
        {
            throw new LocalPostgresException("The service cannot start PostgreSQL by itself on Windows. Name a server in ConnectionStrings__Contacts, or use docker compose up.");
        }

        var account = await Account.FindAsync(cancellationToken);
        var data = await LocalPostgres.DataFolder.FindAsync(options.DataFolder, account, options.Log, cancellationToken);
        await using var starting = await FileLock.TakeAsync(data.StartLock, options.StartTimeout, cancellationToken);
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

    /// <summary>Leaves the server; stops it when nobody else uses it. Comes back when it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref left, 1) == 1)
        {
            return;
        }

        await leaving.CancelAsync();
        await watching;
        leaving.Dispose();
        try
        {
            await using var stopping = await FileLock.TakeAsync(data.StartLock, options.StartTimeout, CancellationToken.None);
            await LeaveAsync();
        }
        catch (LocalPostgresException lost)
        {
            // Nothing that the caller could do better: the next start takes the server over and stops it in the end.
            options.Log?.Invoke(lost.Message);
            await use.DisposeAsync();
        }
    }

    /// <summary>Where Npgsql finds a database.</summary>
    internal static string Address(string socketFolder, string database) =>
        new Npgsql.NpgsqlConnectionStringBuilder { Host = socketFolder, Username = User, Database = database }.ConnectionString;

    private async Task LeaveAsync()
    {
        await use.DisposeAsync();
        await using var alone = FileLock.TryTake(data.UsersLock);
        if (alone is not null)
        {
            await cluster.StopAsync();
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Watch);
        var isLost = false;
        try
        {
            while (await timer.WaitForNextTickAsync(leaving.Token))
            {
                isLost = !await IsThereAsync(isLost);
            }
        }
        catch (OperationCanceledException)
        {
            // We are leaving.
        }
    }

    /// <summary>Starts a server that has died; again and again, since a full disk can be emptied, but says only once why it fails.</summary>
    private async Task<bool> IsThereAsync(bool isSaid)
    {
        try
        {
            if (cluster.IsRunning)
            {
                return true;
            }

            await using var starting = await FileLock.TakeAsync(data.StartLock, options.StartTimeout, leaving.Token);
            await cluster.StartAsync(leaving.Token);
            options.Log?.Invoke("PostgreSQL was gone and is back.");
            return true;
        }
        catch (Exception lost) when (lost is not OperationCanceledException)
        {
            if (!isSaid)
            {
                options.Log?.Invoke($"PostgreSQL is gone: {lost.Message}");
            }

            return false;
        }
    }
}
