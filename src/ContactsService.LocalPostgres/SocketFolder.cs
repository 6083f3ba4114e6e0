namespace ContactsService.LocalPostgres;

/// <summary>
/// The folder of the server's Unix socket. A client that can enter it needs no password, so only the server's account may enter it.
/// </summary>
internal static class SocketFolder
{
    // The path of a socket is limited to about 100 bytes (sun_path), and 30 are needed below this folder.
    private const int MaxParentLength = 60;

    /// <summary>The path of the folder for a cluster.</summary>
    public static string Of(DataFolder data, Account account) => Path.Combine(Parent(account), $"contacts-{data.Hash}");

    /// <summary>Creates the folder, or uses an existing one when only the account could have created it and can enter it.</summary>
    public static async Task MakeAsync(string folder, Account account, CancellationToken cancellationToken)
    {
        if (!await account.MakeFolderAsync(folder, cancellationToken) && !await account.OwnsAloneAsync(folder, cancellationToken))
        {
            throw new LocalPostgresException(
                $"{folder} is not a folder that belongs to the account {account.Name} alone (mode 0700). "
                + "It holds no data. Check who created it, and remove it.");
        }
    }

    /// <summary>Removes the folder after the server has stopped.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    // The account that the server runs under cannot enter root's runtime folder.
    private static string Parent(Account account) =>
        !account.IsOther
        && Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 and <= MaxParentLength } folder
        && Directory.Exists(folder)
            ? folder
            : "/tmp";
}
