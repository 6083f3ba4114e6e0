using System.Runtime.CompilerServices;

namespace ContactsService.Tests.Architecture;

/// <summary>A line that is longer than a review shows is not read.</summary>
public class LineLengthTests
{
    private const int MaxColumns = 140;

    [Fact]
    public void Lines_end_at_140_columns()
    {
        var files = new[] { "src", "tests" }
            .SelectMany(folder => System.IO.Directory.GetFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !IsGenerated(file))
            .ToList();
        Assert.NotEmpty(files);

        var tooLong = files
            .SelectMany(file => File.ReadLines(file).Index().Where(line => IsTooLong(line.Item)).Select(line => (file, line.Index)))
            .Select(line => $"{Path.GetRelativePath(Root(), line.file)}:{line.Index + 1}");

        Assert.Empty(tooLong);
    }

    // A line without a blank, such as an address or a recorded message, has no place to be broken at.
    private static bool IsTooLong(string line) => line.Length > MaxColumns && line.Trim().Contains(' ', StringComparison.Ordinal);

    private static bool IsGenerated(string file) =>
        Path.GetRelativePath(Root(), file).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj");

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
