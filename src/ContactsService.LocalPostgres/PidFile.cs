using System.Diagnostics;
using System.Globalization;

namespace ContactsService.LocalPostgres;

/// <summary>What a server writes about itself to postmaster.pid: its process id, and where it listens.</summary>
/// <param name="Pid">The id of a process that was the server, if it still is.</param>
/// <param name="Folder">The data directory, as the server calls it.</param>
/// <param name="Port">The port, which is also part of the socket's name.</param>
/// <param name="SocketFolder">Where the socket is; empty when there is none, or not yet.</param>
internal sealed record PidFile(int Pid, string Folder, string Port, string SocketFolder)
{
    /// <summary>The socket's path.</summary>
    public string Socket => Path.Combine(SocketFolder, $".s.PGSQL.{Port}");

    private bool IsTaken => CommandLine().Length > 0 || Directory.Exists($"/proc/{Pid}");

    /// <summary>Reads the file of a cluster; null when it is missing or not written yet.</summary>
    public static PidFile? Of(string cluster) => Read(Path.Combine(cluster, "postmaster.pid"));

    /// <summary>Removes the marks of a server that is gone, beside its data and beside its socket, where another process has its id by now.</summary>
    /// <remarks>PostgreSQL believes the id as soon as any process of its account has it. When nobody has it, PostgreSQL looks for orphans and cleans up.</remarks>
    public static void RemoveStale(string cluster, string socketFolder)
    {
        foreach (var path in (string[])[Path.Combine(cluster, "postmaster.pid"), Path.Combine(socketFolder, $".s.PGSQL.{ServerSettings.Port}.lock")])
        {
            if (Read(path) is { IsTaken: true } file && !file.IsServer())
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>
    /// True when the process of this id is the server. A server that was killed, or whose machine went down, leaves the file behind, and
    /// its id may belong to anybody by now: also to another cluster of the same account, as on every Debian with its own.
    /// </summary>
    public bool IsServer()
    {
        var words = CommandLine();
        if (words.Length == 0 || Path.GetFileName(words[0]) is not ("postgres" or "postmaster"))
        {
            return false;
        }

        // A server started by hand may have its folder from the environment, which is not shown: then it counts as ours, and is asked.
        // The last one counts, and pg_ctl gives one of its own.
        var at = Array.LastIndexOf(words, "-D");
        var folder = string.Join(' ', words[(at + 1)..]);
        return at < 0 || !folder.StartsWith('/') || $"{folder} ".StartsWith($"{Folder} ", StringComparison.Ordinal);
    }

    private static PidFile? Read(string path)
    {
        try
        {
            // Process id, data directory, start time, port, socket folder, TCP address, shared memory, status.
            var lines = File.ReadAllLines(path);
            return lines.Length > 1 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
                ? new PidFile(pid, lines[1], lines.ElementAtOrDefault(3) ?? "", lines.ElementAtOrDefault(4) ?? "")
                : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // Nothing for a process that has ended and is still listed (a zombie), as in containers whose first process collects none.
    private string[] CommandLine()
    {
        if (!Directory.Exists("/proc/self"))
        {
            using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "command=", "-p", $"{Pid}"]) { RedirectStandardOutput = true })!;
            return ps.StandardOutput.ReadToEnd().Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        try
        {
            return File.ReadAllText($"/proc/{Pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
