namespace ContactsService.LocalPostgres;

/// <summary>The server's own log, in its data folder. It goes there and not to our output, whose readers would else wait for the server to end.</summary>
internal sealed class ServerLog(string path)
{
    private const long Largest = 10 * 1024 * 1024;
    private const int MostRead = 4000;

    // What another attempt may get past: backends that have not yet seen that their server was killed, and a server that is just going.
    private static readonly string[] Passing = ["pre-existing shared memory block", "FATAL:  lock file"];

    private long start;

    /// <summary>Its name in the data folder.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>True when the server may start a moment later.</summary>
    public static bool IsPassing(string said) => Array.Exists(Passing, words => said.Contains(words, StringComparison.Ordinal));

    /// <summary>Before a start: puts a large log aside, in place of the one before, and remembers where the new lines begin.</summary>
    public void Open()
    {
        if (File.Exists(path) && new FileInfo(path).Length > Largest)
        {
            File.Move(path, $"{path}.1", overwrite: true);
        }

        start = File.Exists(path) ? new FileInfo(path).Length : 0;
    }

    /// <summary>The last of what the server has said since.</summary>
    public string Read()
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(start, file.Length - MostRead);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Trim();
    }
}
