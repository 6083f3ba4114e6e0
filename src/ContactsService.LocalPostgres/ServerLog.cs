namespace ContactsService.LocalPostgres;

/// <summary>
/// The server's log file in its data folder. The server must not inherit our output: a reader of it would wait for the server to end.
/// </summary>
internal sealed class ServerLog(string path)
{
    private const long MaxFileBytes = 10 * 1024 * 1024;
    private const int MaxReadBytes = 4000;

    // Failures that end by themselves: backends that have not noticed that their server was killed, and a server that is shutting down.
    private static readonly string[] TransientMessages = ["pre-existing shared memory block", "FATAL:  lock file"];

    private long start;

    /// <summary>The file name, relative to the data folder.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>True when the output shows a failure that another attempt may not meet.</summary>
    public static bool IsTransient(string output) =>
        Array.Exists(TransientMessages, message => output.Contains(message, StringComparison.Ordinal));

    /// <summary>Prepares a start: rotates a large log, keeping one old file, and stores where the new output begins.</summary>
    public void Open()
    {
        if (File.Exists(path) && new FileInfo(path).Length > MaxFileBytes)
        {
            File.Move(path, $"{path}.1", overwrite: true);
        }

        start = File.Exists(path) ? new FileInfo(path).Length : 0;
    }

    /// <summary>The end of what the server has written since <see cref="Open"/>.</summary>
    public string Read()
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(start, file.Length - MaxReadBytes);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Trim();
    }
}
