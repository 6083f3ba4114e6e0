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

    /// <summary>Reads the file of a cluster; null when it is missing or not written yet.</summary>
    public static PidFile? Read(string cluster)
    {
        try
        {
            // Process id, data directory, start time, port, socket folder, TCP address, shared memory, status.
            var lines = File.ReadAllLines(PathIn(cluster));
            return lines.Length > 1 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
                ? new PidFile(pid, lines[1], lines.ElementAtOrDefault(3) ?? "", lines.ElementAtOrDefault(4) ?? "")
                : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Where the file is.</summary>
    public static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>True when there is a process of this id, whoever it is.</summary>
    public bool IsTaken => CommandLine().Length > 0 || Directory.Exists($"/proc/{Pid}");

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
        var folder = string.Join(' ', words.SkipWhile(word => word != "-D").Skip(1));
        return !folder.StartsWith('/') || $"{folder} ".StartsWith($"{Folder} ", StringComparison.Ordinal);
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
