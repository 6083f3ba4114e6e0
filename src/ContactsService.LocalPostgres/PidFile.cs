using System.Diagnostics;
using System.Globalization;

namespace ContactsService.LocalPostgres;

/// <summary>The contents of postmaster.pid: the server's process id and where it listens.</summary>
/// <param name="Pid">The id of a process that was the server, and may still be.</param>
/// <param name="Folder">The data directory, as the server spells it.</param>
/// <param name="Port">The port, which is part of the socket's name.</param>
/// <param name="SocketFolder">The folder of the socket; empty when there is none, or none yet.</param>
internal sealed record PidFile(int Pid, string Folder, string Port, string SocketFolder)
{
    public string Socket => Path.Combine(SocketFolder, $".s.PGSQL.{Port}");

    private bool IsProcessAlive => CommandLine().Length > 0 || Directory.Exists($"/proc/{Pid}");

    /// <summary>Reads the file of a cluster; null when it is missing or incomplete.</summary>
    public static PidFile? Of(string cluster) => Read(Path.Combine(cluster, "postmaster.pid"));

    /// <summary>Removes the pid file and the socket's lock file of a server that has ended when another process has its id.</summary>
    /// <remarks>
    /// PostgreSQL trusts the id as soon as any process of its account has it. Otherwise it checks for orphaned backends and cleans up
    /// itself.
    /// </remarks>
    public static void RemoveStale(string cluster, string socketFolder)
    {
        string[] paths = [Path.Combine(cluster, "postmaster.pid"), Path.Combine(socketFolder, $".s.PGSQL.{ServerSettings.Port}.lock")];
        foreach (var path in paths)
        {
            if (Read(path) is { IsProcessAlive: true } file && !file.IsServer())
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>
    /// True when the process with this id is the server. A server that was killed, or whose machine crashed, leaves the file behind, and
    /// another process may have its id: also a server of another cluster of the same account, as on a Debian machine with its own one.
    /// </summary>
    public bool IsServer()
    {
        var words = CommandLine();
        if (words.Length == 0 || Path.GetFileName(words[0]) is not ("postgres" or "postmaster"))
        {
            return false;
        }

        // A server that was started by hand may take its folder from the environment, which is not visible. It counts as ours and is
        // checked by a connection. The last -D counts, because pg_ctl adds one.
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

    // Empty for a process that has ended and is still listed (a zombie), as in containers whose first process does not reap.
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
