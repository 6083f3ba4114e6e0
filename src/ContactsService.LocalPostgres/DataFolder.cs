using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ContactsService.LocalPostgres;

/// <summary>
/// The folder that is kept between runs: the cluster, which belongs to the account of the server, and the lock files, which belong to
/// the account of this process.
/// </summary>
internal sealed class DataFolder
{
    private const string FallbackParent = "/var/lib/contacts-service";

    private const string UnfinishedPrefix = "unfinished-";

    private DataFolder(string path) => FullPath = path;

    public string FullPath { get; }

    /// <summary>The data directory of PostgreSQL.</summary>
    public string Cluster => Path.Combine(FullPath, "cluster");

    /// <summary>The lock file that a process holds exclusively while it creates, starts or stops the cluster.</summary>
    public string StartLock => Path.Combine(FullPath, "start.lock");

    /// <summary>The lock file that all processes share while they use the cluster.</summary>
    public string UsersLock => Path.Combine(FullPath, "users.lock");

    /// <summary>16 hexadecimal digits that identify the path.</summary>
    public string Hash => HashOf(FullPath);

    /// <summary>The major version that created the cluster; null when there is no cluster yet.</summary>
    public int? Major => HasCluster(FullPath)
        ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim().Split('.')[0], CultureInfo.InvariantCulture)
        : null;

    /// <summary>
    /// Returns the requested folder, which is created when it is missing, or a fallback when the account cannot reach it.
    /// </summary>
    public static async Task<DataFolder> FindAsync(
        string requested, Account account, Action<string>? log, CancellationToken cancellationToken)
    {
        requested = Path.TrimEndingDirectorySeparator(Path.GetFullPath(requested));
        await CreateAsync(requested, cancellationToken);
        var fallback = Path.Combine(FallbackParent, HashOf(requested));
        var isReachable = await account.ReachesAsync(requested, cancellationToken);

        // An existing cluster wins over reachability: a change of folder permissions must not lead to an empty address book.
        if (isReachable && (!account.IsOther || HasCluster(requested) || !HasCluster(fallback)))
        {
            return new DataFolder(requested);
        }

        if (!account.IsOther || HasCluster(requested))
        {
            throw new LocalPostgresException(
                $"The account {account.Name}, which PostgreSQL runs under, cannot reach {requested}. "
                + "Let others enter the folders above it (chmod o+x).");
        }

        await CreateAsync(FallbackParent, cancellationToken);
        await CreateAsync(fallback, cancellationToken);
        log?.Invoke($"The account {account.Name}, which PostgreSQL runs under, cannot reach {requested}. The data is in {fallback}.");
        return new DataFolder(fallback);
    }

    /// <summary>Creates the cluster when there is none. The caller holds the start lock.</summary>
    public async Task InitializeAsync(Programs programs, Account account, bool isDurable, CancellationToken cancellationToken)
    {
        RemoveUnfinished();
        if (Directory.Exists(Cluster))
        {
            await RequireOwnAsync(account, cancellationToken);
            return;
        }

        // initdb works in a folder of its own, which is renamed when it is complete. An initdb that was killed leaves no cluster.
        var unfinished = Path.Combine(FullPath, $"{UnfinishedPrefix}{Guid.NewGuid():N}");
        await account.MakeFolderAsync(unfinished, cancellationToken);
        string[] initdb =
            [programs.Initdb, "-D", unfinished, "-U", LocalServer.User, "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums"];
        var outcome = await account.RunAsync(isDurable ? initdb : [.. initdb, "--no-sync"], unfinished, cancellationToken);
        if (outcome.Code != 0)
        {
            Directory.Delete(unfinished, recursive: true);
            throw new LocalPostgresException($"initdb could not create a cluster in {FullPath}: {outcome.Output}");
        }

        Directory.Move(unfinished, Cluster);
    }

    private void RemoveUnfinished()
    {
        foreach (var folder in Directory.GetDirectories(FullPath, $"{UnfinishedPrefix}*"))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // An initdb that outlived its starter still writes there. A later start removes the folder.
            }
        }
    }

    private async Task RequireOwnAsync(Account account, CancellationToken cancellationToken)
    {
        if (!await account.OwnsAloneAsync(Cluster, cancellationToken))
        {
            throw new LocalPostgresException(
                $"{Cluster} is not a folder that belongs to the account {account.Name} alone. "
                + "Another user may have created it. Run the service as that user, or configure another data folder.");
        }

        if (Major is null)
        {
            throw new LocalPostgresException($"{Cluster} holds no PostgreSQL cluster. Move it away, or configure another data folder.");
        }
    }

    private static async Task CreateAsync(string folder, CancellationToken cancellationToken)
    {
        // Mode 0755 whatever the umask is: the account of the server must enter the folder. The cluster below it is private.
        if (!Directory.Exists(folder))
        {
            await Command.RequireAsync(["install", "-d", "-m", "0755", folder], cancellationToken);
        }
    }

    private static bool HasCluster(string folder) => File.Exists(Path.Combine(folder, "cluster", "PG_VERSION"));

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];
}
