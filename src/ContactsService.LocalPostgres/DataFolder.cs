using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ContactsService.LocalPostgres;

/// <summary>The folder that is kept between runs: the cluster, which the server's account owns, and beside it the locks, which we own.</summary>
internal sealed class DataFolder
{
    private const string Elsewhere = "/var/lib/contacts-service";

    private const string Unfinished = "unfinished-";

    private DataFolder(string path) => FullPath = path;

    /// <summary>Its full path.</summary>
    public string FullPath { get; }

    /// <summary>What PostgreSQL calls the data directory.</summary>
    public string Cluster => Path.Combine(FullPath, "cluster");

    /// <summary>Held alone by whoever makes, starts or stops the cluster.</summary>
    public string StartLock => Path.Combine(FullPath, "start.lock");

    /// <summary>Shared by all who use the cluster.</summary>
    public string UsersLock => Path.Combine(FullPath, "users.lock");

    /// <summary>16 hexadecimal digits that stand for the path, however long it is.</summary>
    public string Hash => HashOf(FullPath);

    /// <summary>The major version that the cluster was made with; null when there is none yet.</summary>
    public int? Major => HasCluster(FullPath)
        ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim().Split('.')[0], CultureInfo.InvariantCulture)
        : null;

    /// <summary>The wanted folder, made when it is missing; or one that the account can reach.</summary>
    public static async Task<DataFolder> FindAsync(string wanted, Account account, Action<string>? log, CancellationToken cancellationToken)
    {
        wanted = Path.TrimEndingDirectorySeparator(Path.GetFullPath(wanted));
        await MakeAsync(wanted, cancellationToken);
        var elsewhere = Path.Combine(Elsewhere, HashOf(wanted));
        var isReached = await account.ReachesAsync(wanted, cancellationToken);

        // Whoever opens or closes the folders above the data must not find an empty address book afterwards.
        if (isReached && (!account.IsAnother || HasCluster(wanted) || !HasCluster(elsewhere)))
        {
            return new DataFolder(wanted);
        }

        if (!account.IsAnother || HasCluster(wanted))
        {
            throw new LocalPostgresException($"The account {account.Name}, which PostgreSQL runs under, cannot reach {wanted}. Let others step into the folders above it (chmod o+x).");
        }

        await MakeAsync(Elsewhere, cancellationToken);
        await MakeAsync(elsewhere, cancellationToken);
        log?.Invoke($"The account {account.Name}, which PostgreSQL runs under, cannot reach {wanted}: the data is in {elsewhere}.");
        return new DataFolder(elsewhere);
    }

    /// <summary>Makes the cluster when there is none; under the start lock.</summary>
    public async Task InitializeAsync(Programs programs, Account account, bool isDurable, CancellationToken cancellationToken)
    {
        RemoveUnfinished();
        if (Directory.Exists(Cluster))
        {
            await DemandOwnAsync(account, cancellationToken);
            return;
        }

        // In a folder of its own until it is whole: an initdb that was killed half-way leaves nothing that looks like a cluster.
        var growing = Path.Combine(FullPath, $"{Unfinished}{Guid.NewGuid():N}");
        await account.MakeFolderAsync(growing, cancellationToken);
        string[] initdb = [programs.Initdb, "-D", growing, "-U", LocalServer.User, "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums"];
        var outcome = await account.RunAsync(isDurable ? initdb : [.. initdb, "--no-sync"], growing, cancellationToken);
        if (outcome.Code != 0)
        {
            Directory.Delete(growing, recursive: true);
            throw new LocalPostgresException($"initdb could not make a cluster in {FullPath}: {outcome.Output}");
        }

        Directory.Move(growing, Cluster);
    }

    private void RemoveUnfinished()
    {
        foreach (var left in Directory.GetDirectories(FullPath, $"{Unfinished}*"))
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
                // Its initdb has outlived whoever started it, and still writes. A later start removes it.
            }
        }
    }

    private async Task DemandOwnAsync(Account account, CancellationToken cancellationToken)
    {
        if (!await account.OwnsAloneAsync(Cluster, cancellationToken))
        {
            throw new LocalPostgresException(
                $"{Cluster} is not a folder that belongs to the account {account.Name} alone. It was perhaps made by another user: run the service as that user, or name another folder.");
        }

        if (Major is null)
        {
            throw new LocalPostgresException($"{Cluster} holds no PostgreSQL cluster. Move it away, or name another folder.");
        }
    }

    private static async Task MakeAsync(string folder, CancellationToken cancellationToken)
    {
        // Others may step in, whatever the umask: the server's account has to. What is private is the cluster.
        if (!Directory.Exists(folder))
        {
            await Command.DemandAsync(["install", "-d", "-m", "0755", folder], cancellationToken);
        }
    }

    private static bool HasCluster(string folder) => File.Exists(Path.Combine(folder, "cluster", "PG_VERSION"));

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];
}
