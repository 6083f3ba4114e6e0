namespace ContactsService.LocalPostgres;

/// <summary>
/// A lock between processes. The system releases it when its holder dies, so no lock is left behind. On Unix .NET locks with flock:
/// shared for <see cref="FileShare.Read"/>, exclusive for <see cref="FileShare.None"/>. Child processes do not inherit it.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock together with others that share it.</summary>
    public static FileStream Share(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    /// <summary>Takes the lock exclusively; null when another process holds it.</summary>
    /// <exception cref="LocalPostgresException">The file cannot be opened, or its folder does not exist.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new LocalPostgresException(
                $"{path} cannot be opened. If it belongs to another user, run the service as that user or configure another data folder.",
                refused);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits for the lock and takes it exclusively.</summary>
    /// <exception cref="LocalPostgresException">Another process held the lock for <paramref name="timeout"/>.</exception>
    public static async Task<FileStream> TakeAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += RetryDelay)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (waited >= timeout)
            {
                throw new LocalPostgresException(
                    $"Another process has been starting or stopping this server for {timeout.TotalSeconds:0} seconds ({path}).");
            }

            await Task.Delay(RetryDelay, cancellationToken);
        }
    }
}
