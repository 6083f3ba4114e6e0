using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static ContactsService.Tests.Bulk.BulkCalls;

namespace ContactsService.Tests.Bulk;

/// <summary>
/// The same random operations, in bulk requests of one admin and one by one of another in an organization of the same content, have the
/// same statuses, problems, versions and data, and leave the same book and tombstones.
/// </summary>
public partial class BulkEquivalenceTests(Service service)
{
    private const int Rounds = 4;
    private const int OperationsPerRound = 25;

    private const int SeedCount = 16;

    private static readonly string[] GroupIds =
    [
        "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002", "00000000-0000-7000-8000-000000000003",
        "00000000-0000-7000-8000-000000000004",
    ];

    public static TheoryData<int, bool> Seeds() => [.. Enumerable.Range(1, SeedCount).Select(seed => (seed, seed % 2 == 0))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_bulk_request_equals_its_operations_one_by_one(int seed, bool namesGroups)
    {
        var random = new Random(seed);
        var bulk = await PersonAsync();
        var single = await PersonAsync();
        if (namesGroups)
        {
            // Alone, a contact with an unknown group creates the default group before it is refused. It cannot be deleted here.
            await bulk.Person.PutAsync("/contacts/anchor", Custom("Anchor"));
            await single.Person.PutAsync("/contacts/anchor", Custom("Anchor"));
        }

        for (var round = 0; round < Rounds; round++)
        {
            var operations = Enumerable.Range(0, OperationsPerRound)
                .Select(i => NextOperation(random, (seed * 1000) + (round * 100) + i, namesGroups)).ToList();
            var together = await bulk.Person.BulkAsync([.. operations.Select(bulk.Fill)]);
            for (var i = 0; i < operations.Count; i++)
            {
                var alone = await single.SendAsync(operations[i]);
                var inBulk = bulk.Normalize(together[i]!.ToJsonString());
                Assert.True(alone == inBulk, $"Operation {round}.{i} {operations[i]}\nalone    {alone}\ntogether {inBulk}");
            }

            Assert.Equal(await StateAsync(single), await StateAsync(bulk));
        }
    }

    private async Task<Subject> PersonAsync()
    {
        var admin = await service.AdminAsync();
        var queue = (await admin.PostAsync("/queues", """{"name":"Billing","description":"Money"}""")).ShouldBe(201).Value("queueId");
        var tag = (await admin.GetAsync("/contacts")).ETag![1..9];
        return new(admin, queue, tag, await SharedTagAsync(admin, queue));
    }

    private static async Task<string> SharedTagAsync(Person admin, string queue) =>
        (await admin.GetAsync($"/contacts/{queue}")).ETag![1..9];

    private static string NextOperation(Random random, int number, bool namesGroups)
    {
        string Contact() => random.Next(12) switch { 0 => "{queue}", 1 => "org1", 2 => "a%20b", var i => $"c{i % 5}" };
        string Group() => random.Next(12) switch { 0 => "friends", 1 => "00000000-0000-7000-8000-0000000000ff", var i => GroupIds[i % 4] };
        string Groups() => !namesGroups || random.Next(2) == 0 ? "" : random.Next(8) switch
        {
            0 => ""","groups":["none"]""",
            1 => $$""","groups":["{{Group()}}","{{Group()}}"]""",
            _ => $$""","groups":["{{GroupIds[random.Next(4)]}}"]""",
        };
        string Owner() => random.Next(8) switch
        {
            0 => ""","ownerId":"{org}" """,
            1 => ""","ownerId":"me" """,
            2 when random.Next(4) == 0 => ""","ownerId":"somebody" """,
            _ => "",
        };

        // The number makes each write a change, so that the versions of both stay equal.
        string Body() => random.Next(10) switch
        {
            0 => """{"contactType":"CUSTOM"}""",
            1 => $$"""{"contactType":"CLOUD","notes":"{{number}}"{{Groups()}}}""",
            2 => $$"""{"contactType":"CLOUD","displayName":"Name","notes":"{{number}}"{{Groups()}}}""",
            _ => Custom("C", $$""","title":"{{number}}"{{Groups()}}{{Owner()}}"""),
        };
        string Name() => random.Next(7) switch { 0 => "Other contacts", 1 => "", var i => i % 2 == 0 ? $"G{i}" : $"g{i - 1}" };
        string Member() => random.Next(9) == 0 ? "\"nobody\"" : $"\"c{random.Next(5)}\"";
        string Members(int most) => $"[{string.Join(',', Enumerable.Range(0, random.Next(most + 1)).Select(_ => Member()))}]";
        string OnlyMembers() => random.Next(3) == 0 ? $",\"members\":{Members(3)}" : "";
        string GroupBody() => $$"""{"displayName":"{{Name()}}","encryptionKeyUrl":"{{number}}"{{OnlyMembers()}}}""";

        string WrongPatch() => random.Next(3) switch
        {
            0 => $$"""{"contactType":"CLOUD","notes":"{{number}}"}""",
            1 => """{"x":1}""",
            _ => $$"""{"displayName":null,"notes":"{{number}}"}""",
        };

        var operation = random.Next(20) switch
        {
            < 2 => Post("/contacts", Body().Insert(1, $"\"contactId\":\"{Contact()}\",")),
            < 7 => Put($"/contacts/{Contact()}", Body()),
            < 9 => Patch($"/contacts/{Contact()}", $$"""{"notes":"{{number}}"{{Groups()}}}"""),
            9 => Patch($"/contacts/{Contact()}", WrongPatch()),
            < 12 => Delete($"/contacts/{Contact()}"),
            < 15 => Put($"/groups/{Group()}", GroupBody()),
            15 => Patch($"/groups/{Group()}", $$"""{"displayName":"{{Name()}}","encryptionKeyUrl":"{{number}}"}"""),
            16 => Delete($"/groups/{Group()}{(random.Next(2) == 0 ? "?contacts=delete" : "")}"),
            17 => Put($"/groups/{Group()}/members/{Contact()}"),
            18 => Delete($"/groups/{Group()}/members/{Contact()}"),
            _ => Post($"/groups/{Group()}/members", $$"""{"add":{{Members(2)}},"remove":{{Members(2)}}}"""),
        };
        var version = random.Next(10, 40).ToString(CultureInfo.InvariantCulture);
        return random.Next(10) switch
        {
            0 => If(operation, "ifMatch", "*"),
            1 => If(operation, "ifMatch", string.Join(", ", Enumerable.Range(1, 40).Select(i => $"\"{{tag}}-{i}\""))),
            2 => If(operation, "ifMatch", $"\"{{tag}}-{version}\", \"{{shared}}-2\""),
            3 when operation.Contains("PUT", StringComparison.Ordinal) => If(operation, "ifNoneMatch", "*"),
            _ => operation,
        };
    }

    private async Task<string> StateAsync(Subject subject)
    {
        var person = subject.Person;
        List<string> state =
        [
            (await person.GetAsync("/contacts?pageSize=1000")).ShouldBe(200).Text,
            (await person.GetAsync("/groups?fields=displayName,memberCount,members,isDefault,meta&sort=displayName")).ShouldBe(200).Text,
        ];
        await using var read = service.Database.CreateCommand("""
            SELECT b.owner_id = b.organization, t.version, t.kind, t.id FROM tombstone t JOIN book b USING (book_id)
            WHERE t.organization = $1 ORDER BY 1, 2, 3, 4
            """);
        read.Parameters.Add(new() { Value = person.Organization });
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            state.Add($"{rows.GetBoolean(0)} {rows.GetInt64(1)} {rows.GetString(2)} {rows.GetString(3)}");
        }

        return subject.Normalize(string.Join('\n', state));
    }

    /// <summary>An admin, and what differs from the other one.</summary>
    private sealed partial record Subject(Person Person, string Queue, string Tag, string SharedTag)
    {
        public string Fill(string operation) => operation
            .Replace("{queue}", Queue, StringComparison.Ordinal)
            .Replace("{org}", Person.Organization, StringComparison.Ordinal)
            .Replace("{tag}", Tag, StringComparison.Ordinal)
            .Replace("{shared}", SharedTag, StringComparison.Ordinal);

        /// <summary>Executes an operation alone and returns its answer as a result.</summary>
        public async Task<string> SendAsync(string operation)
        {
            var filled = JsonNode.Parse(Fill(operation))!;
            List<(string, string)> headers = [];
            if (filled["ifMatch"] is { } ifMatch)
            {
                headers.Add(("If-Match", ifMatch.GetValue<string>()));
            }

            if (filled["ifNoneMatch"] is { } ifNoneMatch)
            {
                headers.Add(("If-None-Match", ifNoneMatch.GetValue<string>()));
            }

            var reply = await Person.SendAsync(
                new(filled["method"]!.GetValue<string>()),
                filled["path"]!.GetValue<string>(),
                filled["data"]?.ToJsonString(),
                [.. headers]);
            var result = new JsonObject { ["status"] = (int)reply.Status };
            if (reply.Location is not null)
            {
                result["location"] = reply.Location;
            }

            if (reply.ETag is not null)
            {
                result["etag"] = reply.ETag;
            }

            if (reply.Text.Length > 0)
            {
                result[(int)reply.Status < 400 ? "data" : "problem"] = reply.Json;
            }

            return Normalize(result.ToJsonString());
        }

        // Parsed and written again: a location is written with other escapes than a header has.
        public string Normalize(string text) => Others().Replace(
            text
                .Replace(""","unchanged":true""", "", StringComparison.Ordinal)
                .Replace(Queue, "queue", StringComparison.Ordinal)
                .Replace(Person.Organization, "org", StringComparison.Ordinal)
                .Replace(Tag, "tag", StringComparison.Ordinal)
                .Replace(SharedTag, "shared", StringComparison.Ordinal),
            "");

        // Times, traces, ids that the service has made, and which of several contacts a problem names.
        [GeneratedRegex(
            """
            "20\d\d-[^"]*Z"|"[0-9a-f]{32}"|"contactId":"[^"]*","traceId"|
            [0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-(?!0000000000)[0-9a-f]{12}
            """,
            RegexOptions.IgnorePatternWhitespace,
            1000)]
        private static partial Regex Others();
    }
}
