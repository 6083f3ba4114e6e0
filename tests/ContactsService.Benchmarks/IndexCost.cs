using System.Text;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>What updates cost with the index of versions, beside the same without it: the index comes and goes between the runs.</summary>
internal static class IndexCost
{
    private const int Rounds = 5;
    private const int Connections = 16;

    private const string Create = "CREATE INDEX contact_version ON contact (book_id, version, contact_id, organization)";
    private const string Drop = "DROP INDEX contact_version";

    // A new index is packed: its pages split at the first updates, as they do once in the life of an index.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    /// <summary>Measures and prints the median ratio of requests answered with the index to those without.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="postgres">The process of its server, whose processor time is counted.</param>
    /// <param name="service">Where the service listens.</param>
    /// <param name="people">Who updates.</param>
    public static async Task RunAsync(string connectionString, int postgres, Uri service, IReadOnlyList<Owner> people)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await CountAsync(service, people, WarmUp);
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var counts = new Dictionary<bool, int> { [true] = 0, [false] = 0 };
            var microseconds = new Dictionary<bool, double> { [true] = 0, [false] = 0 };
            foreach (var isThere in (bool[])[true, false, false, true]) // what grows or warms up with time affects both alike
            {
                await RunAsync(source, Drop);
                if (isThere)
                {
                    await RunAsync(source, Create);
                }

                await CountAsync(service, people, WarmUp);
                await RunAsync(source, "CHECKPOINT");
                var before = Processors.TimeOfChildren(postgres);
                counts[isThere] += await CountAsync(service, people, Time);
                microseconds[isThere] += Processors.TimeOfChildren(postgres) - before;
                if (!isThere)
                {
                    await RunAsync(source, Create);
                }
            }

            ratios.Add((double)counts[true] / counts[false]);
            Console.WriteLine($"updates with the index of versions {Describe(true)}, without {Describe(false)}, ratio {ratios[^1]:0.00}");

            string Describe(bool isThere) =>
                $"{counts[isThere] / (2 * Time.TotalSeconds):0}/s ({microseconds[isThere] / counts[isThere]:0} µs of PostgreSQL)";
        }

        Console.WriteLine($"median ratio {ratios.Order().ElementAt(Rounds / 2):0.00}");
    }

    private static async Task<int> CountAsync(Uri service, IReadOnlyList<Owner> people, TimeSpan time) =>
        (await Task.WhenAll(Enumerable.Range(0, Connections).Select(async connection =>
        {
            using var client = new Client(service);
            var times = await client.RunAsync(i => Put(people[(connection + i) % people.Count], (connection * 61) + (i * 7)), time);
            return times.Count;
        }))).Sum();

    private static byte[] Put(Owner owner, int i)
    {
        var body = $$"""
            {"contactType":"CUSTOM","displayName":"Joe Johnson{{i % 97}}","firstName":"Joe","lastName":"Johnson{{i % 97}}",
             "companyName":"Example Company {{i}}","emails":[{"type":"work","value":"person{{i}}@example.com"}],
             "phoneNumbers":[{"type":"work","value":"+1 555 010 {{i}}"}]}
            """;
        return Encoding.ASCII.GetBytes(
            $"PUT /contacts/c-{1 + (i % 1000)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {owner.Token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
