namespace ContactsService.LocalPostgres;

/// <summary>The folder of the server's Unix socket. Whoever can enter it is let in without a password, so only the server's account can.</summary>
internal static class SocketFolder
{
    // The path of a socket has room for about 100 bytes (sun_path), and 30 are needed below this.
    private const int LongestParent = 60;

    /// <summary>Where the folder of a cluster is.</summary>
    public static string Of(DataFolder data, Account account) => Path.Combine(Parent(account), $"contacts-{data.Hash}");

    /// <summary>Makes the folder, or takes the one that is there; not one that others could have put there or could enter, to pass for the server.</summary>
    public static async Task MakeAsync(string folder, Account account, CancellationToken cancellationToken)
    {
        if (!await account.MakeFolderAsync(folder, cancellationToken) && !await account.OwnsAloneAsync(folder, cancellationToken))
        {
            throw new LocalPostgresException($"{folder} is not a folder that belongs to the account {account.Name} alone (mode 0700). It holds no data: look who made it, and remove it.");
        }
    }

    /// <summary>Removes the folder of a server that has stopped.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    // Root's runtime folder is closed to the account that the server runs under.
    private static string Parent(Account account) =>
        !account.IsAnother && Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and <= LongestParent } folder && Directory.Exists(folder)
            ? folder
            : "/tmp";
}
