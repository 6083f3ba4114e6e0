using System.Text;

namespace ContactsService.Benchmarks;

/// <summary>Measures both programs in turns, so that what disturbs the machine disturbs both, and prints ratios.</summary>
internal static class Comparison
{
    private const int Connections = 32;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    /// <summary>Runs all cases of the service and the bare program, and prints the table.</summary>
    public static async Task RunAsync(IReadOnlyList<Owner> people, int rounds)
    {
        var small = people.Where(person => person.User.StartsWith("user-", StringComparison.Ordinal)).ToList();
        var big = people.Where(person => person.User == Seed.Big).ToList();
        Task CompareAsync(string name, List<Owner> owners, Func<int, int, (string Line, string Body)> request) => MeasureAsync(
            name,
            rounds,
            new(Programs.Service, (client, i) => Bytes(request(client, i), owners[client % owners.Count], "")),
            new(Programs.Bare, (client, i) => Bytes(request(client, i), owners[client % owners.Count], $"/{owners[client % owners.Count].User}")));

        PrintHead("service", "bare");
        await CompareAsync("one contact by id", small, (_, i) => Get($"/contacts/c-{1 + (i * 7 % 1000)}"));
        await CompareAsync("page of 50, in a book of 1,000", small, (_, _) => Get("/contacts?pageSize=50"));
        await CompareAsync("AND filter in a book of 10,000", big, (_, i) => Get($"/contacts?pageSize=50&firstName=ann&lastName=johnson{i % 97}"));
        await CompareAsync("phone number in a book of 10,000", big, (_, i) => Get($"/contacts?pageSize=50&phoneNumber=1555010{1 + (i * 7 % 10000)}"));
        await CompareAsync("whole book of 1,000", small, (_, _) => Get("/contacts?pageSize=1000"));
        await CompareAsync("whole book of 1,000, Webex API", small, (_, _) => Get("/encrypt/Users/contacts"));
        await CompareAsync("update (PUT)", small, (_, i) => Send("PUT", $"/contacts/c-{1 + (i * 7 % 1000)}", i));
        await CompareAsync("create (POST)", small, (_, i) => Send("POST", "/contacts", i));
    }

    /// <summary>Runs the cases of an organization with a directory, beside the same queries over one book as large.</summary>
    public static async Task RunDirectoryAsync(Owner member, Owner owner, int rounds)
    {
        Task CompareAsync(string name, Func<int, string> query) => MeasureAsync(
            name,
            rounds,
            new(Programs.Service, (_, i) => Bytes(Get($"/contacts?fields=displayName,userName&{query(i)}"), member, "")),
            new(Programs.Service, (_, i) => Bytes(Get($"/contacts?fields=displayName,userName&{query(i)}"), owner, "")));

        PrintHead("directory", "one book");
        await CompareAsync("page of 50", _ => "pageSize=50");
        await CompareAsync("phone number", i => $"phoneNumber=1555010{1 + (i * 7 % 10000)}");
        await CompareAsync("last name and first name", i => $"pageSize=50&firstName=ann&lastName=johnson{i % 97}");
        await CompareAsync("beginning of the name", i => $"pageSize=50&displayName%5BstartsWith%5D=joe+johnson{i % 97}");
    }

    private static void PrintHead(string left, string right)
    {
        Console.WriteLine();
        Console.WriteLine($"| case | ratio to {right} | {left}, requests/s | {right}, requests/s | {left} p50 / p99, ms | {right} p50 / p99, ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    private static (string Line, string Body) Get(string path) => ($"GET {path}", "");

    private static (string Line, string Body) Send(string method, string path, int i) => ($"{method} {path}", $$"""
        {"contactType":"CUSTOM","displayName":"New Person {{i}}","firstName":"New","lastName":"Person","companyName":"Example","emails":[{"type":"work","value":"new{{i}}@example.com"}],"phoneNumbers":[{"type":"work","value":"+1 555 030 {{i}}"}]}
        """);

    private static async Task MeasureAsync(string name, int rounds, Side left, Side right)
    {
        Progress.Say($"measuring: {name}, {rounds} rounds");
        var lefts = Enumerable.Range(0, Connections).Select(_ => new Client(left.Address)).ToList();
        var rights = Enumerable.Range(0, Connections).Select(_ => new Client(right.Address)).ToList();
        var ratios = new List<double>();
        List<double> leftTimes = [];
        List<double> rightTimes = [];
        for (var round = -2; round < rounds; round++)
        {
            List<double> ours;
            List<double> theirs;
            if (round % 2 == 0)
            {
                ours = await SliceAsync(lefts, left.Request);
                theirs = await SliceAsync(rights, right.Request);
            }
            else
            {
                theirs = await SliceAsync(rights, right.Request);
                ours = await SliceAsync(lefts, left.Request);
            }

            if (round >= 0)
            {
                ratios.Add((double)ours.Count / theirs.Count);
                leftTimes.AddRange(ours);
                rightTimes.AddRange(theirs);
            }
        }

        Console.WriteLine($"| {name} | {At(ratios, 0.5):0.00} | {leftTimes.Count / rounds} | {rightTimes.Count / rounds} | {At(leftTimes, 0.5):0.0} / {At(leftTimes, 0.99):0.0} | {At(rightTimes, 0.5):0.0} / {At(rightTimes, 0.99):0.0} |");
        lefts.Concat(rights).ToList().ForEach(client => client.Dispose());
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

    private sealed record Side(Uri Address, Func<int, int, byte[]> Request);
}
