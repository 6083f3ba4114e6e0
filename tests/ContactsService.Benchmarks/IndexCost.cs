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

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    /// <summary>Measures and prints the median ratio of requests answered with the index to those without.</summary>
    public static async Task RunAsync(string connectionString, Uri service, IReadOnlyList<Owner> people)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await CountAsync(service, people);
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var counts = new Dictionary<bool, int>();
            foreach (var isThere in round % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                await RunAsync(source, Drop);
                if (isThere)
                {
                    await RunAsync(source, Create);
                }

                await RunAsync(source, "CHECKPOINT");
                counts[isThere] = await CountAsync(service, people);
                if (!isThere)
                {
                    await RunAsync(source, Create);
                }
            }

            ratios.Add((double)counts[true] / counts[false]);
            Console.WriteLine(
                $"updates with the index of versions {counts[true] / Time.TotalSeconds:0}/s, "
                + $"without {counts[false] / Time.TotalSeconds:0}/s, ratio {ratios[^1]:0.00}");
        }

        Console.WriteLine($"median ratio {ratios.Order().ElementAt(Rounds / 2):0.00}");
    }

    private static async Task<int> CountAsync(Uri service, IReadOnlyList<Owner> people) =>
        (await Task.WhenAll(Enumerable.Range(0, Connections).Select(async connection =>
        {
            using var client = new Client(service);
            var times = await client.RunAsync(i => Put(people[(connection + i) % people.Count], (connection * 61) + (i * 7)), Time);
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
