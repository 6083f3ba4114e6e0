namespace ContactsService.LocalPostgres;

/// <summary>
/// A lock between processes. The system lets go of it when its holder dies, so it cannot be left behind. .NET locks with flock on Unix:
/// shared for <see cref="FileShare.Read"/>, alone for <see cref="FileShare.None"/>, and closes the file in children.
/// </summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock together with others who share it.</summary>
    public static FileStream Share(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    /// <summary>Takes the lock alone; null when somebody holds it.</summary>
    /// <exception cref="LocalPostgresException">The file is not ours, or its folder is gone.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new LocalPostgresException($"{path} cannot be opened. If it belongs to another user, run the service as that user or name another data folder.", refused);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Waits for the lock and takes it alone.</summary>
    /// <exception cref="LocalPostgresException">Somebody kept it all the time.</exception>
    public static async Task<FileStream> TakeAsync(string path, TimeSpan longest, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (waited >= longest)
            {
                throw new LocalPostgresException($"Another process has been starting or stopping this server for {longest.TotalSeconds:0} seconds ({path}).");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
