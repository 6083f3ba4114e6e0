using System.Text;

namespace ContactsService.Benchmarks;

/// <summary>
/// Measures programs in turns, so that what disturbs the machine disturbs all of them, and prints requests per second, as a ratio to one of
/// them, the times of answers, and the processor time of a request in the program and in PostgreSQL.
/// </summary>
/// <param name="programs">The programs.</param>
/// <param name="baseline">The name of the one that ratios are to.</param>
/// <param name="server">The process of PostgreSQL.</param>
/// <param name="rounds">How many seconds each is measured.</param>
/// <param name="only">A part of the names of the cases to run; empty for all.</param>
/// <param name="connections">How many clients ask at once.</param>
internal sealed class Comparison(
    IReadOnlyList<Measured> programs, string baseline, int server, int rounds, string only, int connections = 32)
{
    private const int WarmUpRounds = 4;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    /// <summary>The questions of the books without a directory.</summary>
    public async Task RunAsync(IReadOnlyList<Owner> people)
    {
        var small = people.Where(person => person.User.StartsWith("user-", StringComparison.Ordinal)).ToList();
        var big = people.Where(person => person.User == Seed.Big).ToList();
        const string Fields = "fields=displayName,phoneNumbers";

        PrintHead();
        await CompareAsync("one by id", small, (_, i) => Get($"/contacts/c-{1 + (i * 7 % 1000)}"));
        await CompareAsync("page of 50 of 1,000", small, (_, _) => Get("/contacts?pageSize=50"));
        await CompareAsync("the same with `fields`", small, (_, _) => Get($"/contacts?pageSize=50&{Fields}"));
        await CompareAsync("first and last name in 10,000", big, (_, i) => Get($"/contacts?pageSize=50&{Names(i)}"));
        await CompareAsync("first and last name, `fields`", big, (_, i) => Get($"/contacts?pageSize=50&{Names(i)}&{Fields}"));
        await CompareAsync(
            "number in 10,000, `fields`",
            big,
            (_, i) => Get($"/contacts?pageSize=50&{Fields}&phoneNumber=1555010{1 + (i * 7 % 10000)}"));
        await CompareAsync("whole book of 1,000", small, (_, _) => Get("/contacts?pageSize=1000"));
        await CompareAsync("whole book, `fields`", small, (_, _) => Get($"/contacts?pageSize=1000&{Fields}"));
        await CompareAsync("update (PUT)", small, (_, i) => Send("PUT", $"/contacts/c-{1 + (i * 7 % 1000)}", i));
        await CompareAsync("create (POST)", small, (_, i) => Send("POST", "/contacts", i));
    }

    /// <summary>The questions of an organization with a directory, beside the same over one book as large.</summary>
    public async Task RunDirectoryAsync(Owner member, Owner owner)
    {
        Task CompareAsync(string name, Func<int, string> query)
        {
            byte[] Of(Owner person, int i) => Bytes(Get($"/contacts?fields=displayName,userName&{query(i)}"), person, programs[0]);
            return MeasureAsync(name, [
                new("directory", programs[0], (_, i) => Of(member, i)),
                new("one book", programs[0], (_, i) => Of(owner, i)),
            ]);
        }

        PrintHead();
        await CompareAsync("page of 50", _ => "pageSize=50");
        await CompareAsync("phone number", i => $"phoneNumber=1555010{1 + (i * 7 % 10000)}");
        await CompareAsync("last name and first name", i => $"pageSize=50&{Names(i)}");
        await CompareAsync("beginning of the name", i => $"pageSize=50&displayName%5BstartsWith%5D=joe+johnson{i % 97}");
    }

    /// <summary>Questions of small books, in databases of growing size: each program has a database and owners of its own.</summary>
    /// <returns>Per question, the processor time of a request in program and PostgreSQL for each program, in microseconds.</returns>
    public async Task<List<(string Question, double[] Times)>> RunGrowthAsync(List<IReadOnlyList<Owner>> owners)
    {
        async Task<(string Question, double[] Times)> CompareAsync(string name, Func<int, string> query)
        {
            List<Side> sides = [.. programs.Select((program, p) => new Side(
                program.Name,
                program,
                (client, i) => Bytes(Get($"/contacts{query(i)}"), owners[p][((i * connections) + client) % owners[p].Count], program)))];
            await MeasureAsync(name, sides);
            return (name, [.. sides.Select(side => side.Slices.Sum(slice => slice.ProgramTime + slice.ServerTime)
                / Math.Max(1, side.Slices.Sum(slice => slice.Times.Count)))]);
        }

        PrintHead();
        return [
            await CompareAsync("one by id", i => $"/c-{1 + (i * 7 % 50)}"),
            await CompareAsync("page of 50", _ => "?pageSize=50"),
            await CompareAsync("first and last name", i => $"?firstName=ann&lastName=johnson{1 + (10 * (i % 5))}"),
            await CompareAsync("number", i => $"?phoneNumber=1555010{1 + (i * 7 % 50)}"),
        ];
    }

    private static string Names(int i) => $"firstName=ann&lastName=johnson{i % 97}";

    private static void PrintHead()
    {
        Console.WriteLine();
        Console.WriteLine("| case | program | requests/s | ratio | p50 / p99, ms | µs a request: program + PostgreSQL |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    private static (string Line, string Body) Get(string path) => ($"GET {path}", "");

    private static (string Line, string Body) Send(string method, string path, int i) => ($"{method} {path}", $$"""
        {"contactType":"CUSTOM","displayName":"New Person {{i}}","firstName":"New","lastName":"Person","companyName":"Example",
         "emails":[{"type":"work","value":"new{{i}}@example.com"}],"phoneNumbers":[{"type":"work","value":"+1 555 030 {{i}}"}]}
        """);

    private Task CompareAsync(string name, List<Owner> owners, Func<int, int, (string Line, string Body)> request) => MeasureAsync(
        name,
        [.. programs.Select(program => new Side(
            program.Name, program, (client, i) => Bytes(request(client, i), owners[client % owners.Count], program)))]);

    private async Task MeasureAsync(string name, List<Side> sides)
    {
        if (!name.Contains(only, StringComparison.Ordinal))
        {
            return;
        }

        Progress.Say($"measuring: {name}, {rounds} rounds");
        foreach (var side in sides)
        {
            side.Clients.AddRange(Enumerable.Range(0, connections).Select(_ => new Client(side.Program.Address)));
        }

        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            // In an order that changes, so that none always comes after the same one.
            for (var i = 0; i < sides.Count; i++)
            {
                var slice = await SliceAsync(sides[(round + WarmUpRounds + i) % sides.Count]);
                if (round >= 0)
                {
                    slice.Side.Slices.Add(slice);
                }
            }
        }

        var other = sides.Find(side => side.Name == baseline) ?? sides[^1];
        foreach (var side in sides)
        {
            var requests = side.Slices.Sum(slice => slice.Times.Count);
            var ratio = At([.. side.Slices.Zip(other.Slices, (ours, theirs) => (double)ours.Times.Count / theirs.Times.Count)], 0.5);
            var times = side.Slices.SelectMany(slice => slice.Times).ToList();
            Console.WriteLine(
                $"| {name} | {side.Name} | {requests / rounds} | {ratio:0.00} | {At(times, 0.5):0.0} / {At(times, 0.99):0.0} | "
                + $"{side.Slices.Sum(slice => slice.ProgramTime) / requests:0} + "
                + $"{side.Slices.Sum(slice => slice.ServerTime) / requests:0} |");
            side.Clients.ForEach(client => client.Dispose());
            name = "";
        }
    }

    private async Task<Measure> SliceAsync(Side side)
    {
        var program = Processors.TimeOf(side.Program.Process.Id);
        var database = Processors.TimeOfChildren(server);
        var times = await Task.WhenAll(
            side.Clients.Select((client, c) => Task.Run(() => client.RunAsync(i => side.Request(c, i), Slice))));
        return new(
            side,
            [.. times.SelectMany(time => time)],
            Processors.TimeOf(side.Program.Process.Id) - program,
            Processors.TimeOfChildren(server) - database);
    }

    private static byte[] Bytes((string Line, string Body) request, Owner person, Measured program)
    {
        var (line, body) = request;
        var path = line.IndexOf(' ', StringComparison.Ordinal) + 1;
        var prefix = program.Prefix ? $"/{person.User}" : "";
        var entity = body.Length == 0 ? "" : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        return Encoding.UTF8.GetBytes(
            $"{line[..path]}{prefix}{line[path..]} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {person.Token}\r\n{entity}\r\n{body}");
    }

    private static double At(List<double> values, double place) => values.Order().ElementAt((int)((values.Count - 1) * place));

    private sealed record Side(string Name, Measured Program, Func<int, int, byte[]> Request)
    {
        public List<Client> Clients { get; } = [];

        public List<Measure> Slices { get; } = [];
    }

    private sealed record Measure(Side Side, List<double> Times, double ProgramTime, double ServerTime);
}
