using System.Diagnostics;

namespace ContactsService.Benchmarks;

/// <summary>Says what is being done, on the standard error: the tables go to the standard output.</summary>
internal static class Progress
{
    private static readonly Stopwatch Watch = Stopwatch.StartNew();

    /// <summary>Writes a line with the time since the start.</summary>
    public static void Say(string what) => Console.Error.WriteLine($"{Watch.Elapsed:mm\\:ss} {what}");
}
