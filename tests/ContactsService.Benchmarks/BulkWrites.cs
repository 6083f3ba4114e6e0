using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace ContactsService.Benchmarks;

/// <summary>
/// How long 5,000 contacts take in 5 bulk requests, against the same rows by binary COPY under the same lock; the same upserts once more;
/// and how long another writer of the book waits meanwhile.
/// </summary>
internal static class BulkWrites
{
    /// <summary>The name by which <c>--only</c> selects it.</summary>
    public const string Name = "bulk";

    private const int Requests = 5;
    private const int Operations = 1_000; // the most that a request may have
    private const int Rounds = 5;

    /// <summary>Does it and prints the times.</summary>
    public static async Task RunAsync(string connectionString, Uri service)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        List<Round> rounds = [];
        for (var round = -1; round < Rounds; round++)
        {
            var organization = $"bench-bulk-{round}";
            var admin = await Seed.AddAdminAsync(connectionString, organization);
            using var http = new HttpClient
            {
                BaseAddress = service,
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", admin.Token) },
            };
            (await http.PostAsync(new Uri("/contacts", UriKind.Relative), Json(Contact(-1)))).EnsureSuccessStatusCode();
            var bulk = await SendAsync(http, "\"status\":201");
            var same = await SendAsync(http, "\"unchanged\":true");
            var copy = await CopyAsync(database, organization);
            var wait = await WaitAsync(http);
            if (round >= 0)
            {
                rounds.Add(new(bulk, same, copy, wait)); // the first round warms up
            }
        }

        double Median(Func<Round, double> of) => rounds.Select(of).Order().ElementAt(Rounds / 2);
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {Requests * Operations} contacts in {Requests} requests of /bulk, median of {Rounds} rounds:
            {Median(round => round.Bulk):0.00} s;
            by COPY {Median(round => round.Copy):0.00} s; ratio {Median(round => round.Copy / round.Bulk):0.00};
            the same once more {Median(round => round.Same):0.00} s;
            the longest wait of another writer meanwhile {rounds.Max(round => round.Wait):0.000} s
            """));
    }

    private static async Task<double> SendAsync(HttpClient http, string expected, string name = "Johnson")
    {
        var bodies = Enumerable.Range(0, Requests).Select(request => Body(request, name)).ToList();
        var watch = Stopwatch.StartNew();
        foreach (var body in bodies)
        {
            using var reply = await http.PostAsync(new Uri("/bulk", UriKind.Relative), Json(body));
            var text = await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            if (text.Split(expected).Length - 1 != Operations)
            {
                throw new InvalidOperationException($"Not every result has {expected}.");
            }
        }

        return watch.Elapsed.TotalSeconds;
    }

    // The rows of the bulk requests, into the book of another user of the organization.
    private static async Task<double> CopyAsync(NpgsqlDataSource database, string organization)
    {
        await using var connection = await database.OpenConnectionAsync();
        var source = await ScalarAsync<Guid>(
            connection, $"SELECT book_id FROM contact WHERE organization = '{organization}' AND contact_id = 'c0'");
        var columns = await ScalarAsync<string>(connection, """
            SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
            WHERE table_name = 'contact' AND column_name <> 'book_id'
            """);
        var target = Guid.CreateVersion7();
        await ExecuteAsync(
            connection, $"INSERT INTO book (book_id, organization, owner_id) VALUES ('{target}', '{organization}', 'copy')");
        var chunks = new List<byte[]>();
        for (var request = 0; request < Requests; request++)
        {
            var rows = $"""
                SELECT '{target}'::uuid, {columns} FROM contact WHERE book_id = '{source}' AND contact_id <> 'c-1'
                ORDER BY version OFFSET {request * Operations} LIMIT {Operations}
                """;
            await using var copied = await connection.BeginRawBinaryCopyAsync($"COPY ({rows}) TO STDOUT (FORMAT BINARY)");
            using var memory = new MemoryStream();
            await copied.CopyToAsync(memory);
            chunks.Add(memory.ToArray());
        }

        var watch = Stopwatch.StartNew();
        foreach (var chunk in chunks)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, $"SELECT 1 FROM book WHERE book_id = '{target}' FOR NO KEY UPDATE");
            await using (var copy = await connection.BeginRawBinaryCopyAsync(
                $"COPY contact (book_id, {columns}) FROM STDIN (FORMAT BINARY)"))
            {
                await copy.WriteAsync(chunk);
            }

            await ExecuteAsync(connection, $"UPDATE book SET revision = revision + {Operations} WHERE book_id = '{target}'");
            await transaction.CommitAsync();
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var count = await ScalarAsync<long>(connection, $"SELECT count(*) FROM contact WHERE book_id = '{target}'");
        return count == Requests * Operations ? seconds : throw new InvalidOperationException($"COPY has written {count} rows.");
    }

    // Rewrites all of them, while another client writes one contact after the other.
    private static async Task<double> WaitAsync(HttpClient http)
    {
        var bulk = SendAsync(http, "\"status\":200", "Johnston");
        var longest = 0.0;
        for (var i = 0; !bulk.IsCompleted; i++)
        {
            var watch = Stopwatch.StartNew();
            (await http.PutAsync(new Uri($"/contacts/s{i}", UriKind.Relative), Json(Contact(i)))).EnsureSuccessStatusCode();
            longest = Math.Max(longest, watch.Elapsed.TotalSeconds);
        }

        await bulk;
        return longest;
    }

    private static string Body(int request, string name) => JsonSerializer.Serialize(new
    {
        operations = Enumerable.Range(request * Operations, Operations).Select(i => new
        {
            method = "PUT",
            path = $"/contacts/c{i}",
            data = JsonSerializer.Deserialize<JsonElement>(Contact(i, name, withId: false)),
        }),
    });

    private static string Contact(int i, string name = "Johnson", bool withId = true) => JsonSerializer.Serialize(
        new Dictionary<string, object>(withId ? [new("contactId", i < 0 ? $"c{i}" : $"s{i}")] : [])
        {
            ["contactType"] = "CUSTOM",
            ["displayName"] = $"Joe {name} {i}",
            ["firstName"] = "Joe",
            ["lastName"] = $"{name} {i}",
            ["companyName"] = "Acme",
            ["title"] = "Engineer",
            ["emails"] = new[] { new { value = $"joe{i}@example.com", type = "work", primary = true } },
            ["phoneNumbers"] = new[] { new { value = $"+1 555 {i:0000000}", type = "work" } },
            ["addressInfo"] = new { city = "Cologne", country = "DE" },
        });

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private sealed record Round(double Bulk, double Same, double Copy, double Wait);
}
