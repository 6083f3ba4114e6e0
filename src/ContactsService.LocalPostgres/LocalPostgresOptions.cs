namespace ContactsService.LocalPostgres;

/// <summary>What is wanted of a private PostgreSQL server.</summary>
public sealed class LocalPostgresOptions
{
    /// <summary>
    /// The folder that keeps the data between runs; made when it is missing, and of any length. Started as root, the server runs under another
    /// account; where that account cannot reach this folder, <see cref="LocalServer.DataFolder"/> tells which one is used instead.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>The database, made when it is missing.</summary>
    public string Database { get; init; } = "contacts";

    /// <summary>True when what was committed must outlive a loss of power. False is faster and for tests only: a crash of the machine may then cost the data.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>
    /// Server settings by their name in postgresql.conf, such as <c>max_connections</c>, over the defaults of this library. Those of durability
    /// and of where the server listens are not taken from here. They count for the process that starts the server, not for one that finds it running.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long the server may take until it answers, repair after a crash included; 60 seconds unless said otherwise.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Takes sentences for the log, from any thread; null when nobody listens.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Where to look for the server's programs; null is the usual places.</summary>
    internal IReadOnlyList<string>? ProgramFolders { get; init; }
}
