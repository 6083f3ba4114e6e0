using System.Globalization;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>
/// Whether an answer costs the same in a large database: instances of the service, each with a database of its own, in turns. Prints the
/// table, the plot of docs/performance.md, and the most memory of each instance.
/// </summary>
internal sealed class Growth(Programs programs, string connectionString, Options options)
{
    private const int InBook = 50;
    private const int MaxOwners = 200; // the same number everywhere: the service remembers a token for seconds

    /// <summary>Fills the databases and measures.</summary>
    public async Task<int> RunAsync()
    {
        List<int> sizes = [10_000, 100_000, 1_000_000, 5_000_000];
        sizes.RemoveAll(size => size > options.Contacts);
        List<IReadOnlyList<Owner>> owners = [];
        foreach (var size in sizes)
        {
            Progress.Say($"filling {size:N0} contacts in {size / InBook:N0} books in");
            var database = await CreateDatabaseAsync(size);
            await programs.RunServiceAsync(Name(size), database);
            owners.Add(await Seed.RunGrowthAsync(database, size, InBook, MaxOwners));
        }

        var comparison = new Comparison(
            programs.All, Name(sizes[0]), await Seed.ServerProcessAsync(connectionString), options.Rounds, options.Only, connections: 64);
        PrintPlot(sizes, await comparison.RunGrowthAsync(owners));
        Console.WriteLine("Most memory, MB: " + string.Join(", ", programs.All.Select(
            program => $"{program.Name} {Processors.MaxMemoryOf(program.Process.Id)}")));
        return 0;
    }

    private static string Name(int size) => string.Create(CultureInfo.InvariantCulture, $"{size:N0} contacts, {size / InBook:N0} books");

    private async Task<string> CreateDatabaseAsync(int size)
    {
        var name = $"growth{size}";
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;
    }

    private static void PrintPlot(List<int> sizes, List<(string Question, double[] Times)> lines)
    {
        Console.WriteLine();
        Console.WriteLine("```mermaid");
        Console.WriteLine("xychart-beta");
        Console.WriteLine($"  title \"µs of processor a request: {string.Join(", ", lines.Select(line => line.Question))}\"");
        Console.WriteLine($"  x-axis \"contacts\" [{string.Join(", ", sizes.Select(size => $"\"{Short(size)}\""))}]");
        Console.WriteLine("  y-axis \"µs\" 0 --> " + Math.Ceiling(lines.Max(line => line.Times.Max()) / 100) * 100);
        foreach (var (_, times) in lines)
        {
            Console.WriteLine($"  line [{string.Join(", ", times.Select(time => time.ToString("0", CultureInfo.InvariantCulture)))}]");
        }

        Console.WriteLine("```");
    }

    private static string Short(int size) => size >= 1_000_000 ? $"{size / 1_000_000}M" : $"{size / 1_000}k";
}
