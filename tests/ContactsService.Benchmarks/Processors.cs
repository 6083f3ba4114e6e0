using System.Globalization;

namespace ContactsService.Benchmarks;

/// <summary>The processor time of processes, from <c>/proc</c>; zero on systems without it.</summary>
internal static class Processors
{
    private const double MicrosecondsPerTick = 10_000; // Linux counts 100 ticks a second

    /// <summary>The processor time of a process, in microseconds.</summary>
    public static double TimeOf(int process) => Read(process) is { } stat ? stat.Ticks * MicrosecondsPerTick : 0;

    /// <summary>The processor time of the children of a process, those that ended included, in microseconds.</summary>
    public static double TimeOfChildren(int parent)
    {
        if (!System.IO.Directory.Exists("/proc"))
        {
            return 0;
        }

        var running = System.IO.Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .Where(stat => stat?.Parent == parent)
            .Sum(stat => stat!.Ticks);
        return (running + (Read(parent)?.EndedChildrenTicks ?? 0)) * MicrosecondsPerTick;
    }

    /// <summary>The most memory that a process has had at once, in MB.</summary>
    public static long MaxMemoryOf(int process) =>
        System.IO.Directory.Exists("/proc")
            ? File.ReadLines($"/proc/{process}/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
                .FirstOrDefault()
            : 0;

    /// <summary>The process that started another one.</summary>
    public static int ParentOf(int process) => Read(process)?.Parent ?? 0;

    private static Stat? Read(int process)
    {
        try
        {
            // proc(5): the name in brackets may contain blanks; behind it come state (3) and parent (4), times stand at 14 to 17.
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Number(int field) => long.Parse(fields[field - 3], CultureInfo.InvariantCulture);
            return new((int)Number(4), Number(14) + Number(15), Number(16) + Number(17));
        }
        catch (IOException)
        {
            return null; // it has ended, or this system has no /proc
        }
    }

    private sealed record Stat(int Parent, long Ticks, long EndedChildrenTicks);
}
