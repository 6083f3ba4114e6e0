namespace ContactsService.LocalPostgres;

/// <summary>Options of a private PostgreSQL server.</summary>
public sealed class LocalPostgresOptions
{
    /// <summary>
    /// The folder that keeps the data between runs. It is created when it is missing, and its path may have any length. Started as root,
    /// the server runs under another account; when that account cannot reach the folder, another one is used, which
    /// <see cref="LocalServer.DataFolder"/> returns.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>The name of the database, which is created when it is missing.</summary>
    public string Database { get; init; } = "contacts";

    /// <summary>
    /// True when committed data must survive a loss of power. False is faster and for tests only: after a crash of the machine the data may
    /// be lost.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>
    /// Server settings by their name in postgresql.conf, such as <c>max_connections</c>. They override the defaults of this library, except
    /// for durability and listen addresses, which cannot be set here. They apply when this process starts the server, not when it runs
    /// already.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The longest time until the server accepts connections, crash recovery included. The default is 60 seconds.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Receives messages for the log, from any thread; null for none.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>The folders to search for the server's programs; null for the usual ones.</summary>
    internal IReadOnlyList<string>? ProgramFolders { get; init; }
}
