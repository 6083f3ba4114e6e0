using System.Text;

namespace ContactsService.Benchmarks;

/// <summary>Measures both programs in turns, so that what disturbs the machine disturbs both, and prints ratios.</summary>
internal static class Comparison
{
    private const int Connections = 32;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    /// <summary>Runs all cases and prints the table.</summary>
    public static async Task RunAsync(Programs programs, IReadOnlyList<Owner> people, int rounds)
    {
        ArgumentNullException.ThrowIfNull(programs);
        var small = people.Where(person => person.User != Seed.Big).ToList();
        var big = people.Where(person => person.User == Seed.Big).ToList();
        Console.WriteLine("| case | ratio to bare | service, requests/s | bare, requests/s | service p50 / p99, ms | bare p50 / p99, ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        await MeasureAsync("one contact by id", small, rounds, (_, i) => Get($"/contacts/c-{1 + (i * 7 % 1000)}"));
        await MeasureAsync("page of 50, in a book of 1,000", small, rounds, (_, _) => Get("/contacts?pageSize=50"));
        await MeasureAsync("AND filter in a book of 10,000", big, rounds, (_, i) => Get($"/contacts?pageSize=50&firstName=ann&lastName=johnson{i % 97}"));
        await MeasureAsync("whole book of 1,000", small, rounds, (_, _) => Get("/contacts?pageSize=1000"));
        await MeasureAsync("update (PUT)", small, rounds, (_, i) => Send("PUT", $"/contacts/c-{1 + (i * 7 % 1000)}", i));
        await MeasureAsync("create (POST)", small, rounds, (_, i) => Send("POST", "/contacts", i));
    }

    private static (string Line, string Body) Get(string path) => ($"GET {path}", "");

    private static (string Line, string Body) Send(string method, string path, int i) => ($"{method} {path}", $$"""
        {"contactType":"CUSTOM","displayName":"New Person {{i}}","firstName":"New","lastName":"Person","companyName":"Example","emails":[{"type":"work","value":"new{{i}}@example.com"}],"phoneNumbers":[{"type":"work","value":"+1 555 030 {{i}}"}]}
        """);

    private static async Task MeasureAsync(string name, List<Owner> people, int rounds, Func<int, int, (string Line, string Body)> request)
    {
        var service = Enumerable.Range(0, Connections).Select(_ => new Client(Programs.Service)).ToList();
        var bare = Enumerable.Range(0, Connections).Select(_ => new Client(Programs.Bare)).ToList();
        byte[] ToService(int client, int i) => Bytes(request(client, i), people[client % people.Count], "");
        byte[] ToBare(int client, int i) => Bytes(request(client, i), people[client % people.Count], $"/{people[client % people.Count].User}");
        var ratios = new List<double>();
        List<double> serviceTimes = [];
        List<double> bareTimes = [];
        for (var round = -2; round < rounds; round++)
        {
            List<double> ours;
            List<double> theirs;
            if (round % 2 == 0)
            {
                ours = await SliceAsync(service, ToService);
                theirs = await SliceAsync(bare, ToBare);
            }
            else
            {
                theirs = await SliceAsync(bare, ToBare);
                ours = await SliceAsync(service, ToService);
            }

            if (round >= 0)
            {
                ratios.Add((double)ours.Count / theirs.Count);
                serviceTimes.AddRange(ours);
                bareTimes.AddRange(theirs);
            }
        }

        Console.WriteLine($"| {name} | {At(ratios, 0.5):0.00} | {serviceTimes.Count / rounds} | {bareTimes.Count / rounds} | {At(serviceTimes, 0.5):0.0} / {At(serviceTimes, 0.99):0.0} | {At(bareTimes, 0.5):0.0} / {At(bareTimes, 0.99):0.0} |");
        service.Concat(bare).ToList().ForEach(client => client.Dispose());
    }

    private static async Task<List<double>> SliceAsync(List<Client> clients, Func<int, int, byte[]> request) =>
        [.. (await Task.WhenAll(clients.Select((client, c) => Task.Run(() => client.RunAsync(i => request(c, i), Slice))))).SelectMany(times => times)];

    private static byte[] Bytes((string Line, string Body) request, Owner person, string prefix)
    {
        var (line, body) = request;
        var path = line.IndexOf(' ', StringComparison.Ordinal) + 1;
        var entity = body.Length == 0 ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        return Encoding.UTF8.GetBytes($"{line[..path]}{prefix}{line[path..]} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {person.Token}\r\n{entity}\r\n{body}");
    }

    private static double At(List<double> values, double place) => values.Order().ElementAt((int)((values.Count - 1) * place));
}
