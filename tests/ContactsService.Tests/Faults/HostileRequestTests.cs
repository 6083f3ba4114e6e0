using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Npgsql;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public partial class HostileRequestTests
{
    private const int Seed = 20260131;
    private const int OfEachKind = 400;

    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task Cause_no_5xx_no_hang_no_leak_and_store_nothing()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = connection });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var ann = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "admin");
        var ids = new ConcurrentBag<string> { await ann.AddContactAsync("Victim"), await ann.AddContactAsync("Witness") };
        var group = await ann.AddGroupAsync("Friends");
        var pageToken = (await ann.GetAsync("/contacts?pageSize=1")).ShouldBe(200).Value("nextPageToken");

        var deleted = new ConcurrentBag<string>();
        var complaints = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var all = new HostileRequests(Seed, ann.Token, ids.Last(), group, pageToken).All(OfEachKind).ToList();
        Assert.InRange(all.Count, 5_000, 20_000);
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            var (text, complaint) = await SendAsync(service, request);
            foreach (var answer in text.Split("HTTP/1.1 ").Skip(1))
            {
                var status = int.Parse(answer[..3]);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status >= 500 && status != 505) // which Kestrel answers to what is no HTTP/1.x, before anything of ours
                {
                    complaint = answer;
                }

                if (status == 201)
                {
                    var created = JsonNode.Parse(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])!;
                    ids.Add((created["contactId"] ?? created["groupId"] ?? created["tokenId"])!.GetValue<string>());
                }
                else if (status == 204 && Beginning(request).StartsWith("DELETE", StringComparison.Ordinal))
                {
                    deleted.Add(Beginning(request).Split(' ')[1].Split('/')[^1]);
                }
            }

            if (complaint is not null || Inside().IsMatch(text))
            {
                complaints.Add($"{request.What}: {complaint}\n--> {Beginning(request)}\n<-- {text[..Math.Min(600, text.Length)]}");
            }
        });

        TestContext.Current.SendDiagnosticMessage(
            string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}")));
        Assert.True(complaints.IsEmpty, $"{complaints.Count} of {all.Count}:\n{string.Join('\n', complaints.Take(12))}\n{service.Output}");
        await service.WaitUntilReadyAsync();
        var stored = new HashSet<string>(StringComparer.Ordinal);
        await using var read = database.CreateCommand("""
            SELECT contact_id FROM contact
            UNION ALL SELECT group_id::text FROM contact_group
            WHERE name_hash <> (SELECT name_hash FROM contact_group o WHERE o.display_name = 'other contacts')
            UNION ALL SELECT token_id::text FROM api_token
            WHERE name IS DISTINCT FROM 'test' AND token_hash NOT IN (SELECT token_hash FROM api_token ORDER BY created LIMIT 1)
            """);
        await using var reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            stored.Add(reader.GetString(0));
        }

        ids.Add(group);
        Assert.Equal(ids.Except(deleted).Distinct().Order(), stored.Order());
    }

    private static async Task<(string Text, string? Complaint)> SendAsync(ServiceProcess service, HostileRequest request)
    {
        var watch = Stopwatch.StartNew();
        using var connection = await RawConnection.OpenAsync(service.Address);
        try
        {
            await connection.SendAsync(request.Bytes);
        }
        catch (SocketException)
        {
            // It has heard enough: the answer may be there, or lost with the connection.
            await connection.ReadAsync(Pause);
            return (connection.Text, null);
        }

        if (!request.IsWhole)
        {
            // It may still wait for the rest: there is none.
            await connection.ReadAsync(Pause);
            await connection.ReadAsync(TimeSpan.FromMilliseconds(10));
            try
            {
                connection.EndSending();
            }
            catch (SocketException)
            {
                // It has hung up already.
            }
        }

        if (!await connection.ReadToEndAsync(HangLimit - watch.Elapsed))
        {
            return (connection.Text, "It hangs.");
        }

        return (connection.Text, request.IsWhole && connection.Status is null && !connection.WasReset ? "No answer." : null);
    }

    private static string Beginning(HostileRequest request) =>
        System.Text.Encoding.Latin1.GetString(request.Bytes.AsSpan(0, Math.Min(400, request.Bytes.Length)));

    /// <summary>What only shows from the inside: stack traces, SQL, names of tables and types.</summary>
    [GeneratedRegex(
        """\n\s+at |System\.|Npgsql|Exception|SELECT |INSERT |UPDATE |contact_group|api_token|"""
        + """idempotency_record|book_id|PostgreSQL|Microsoft\.""",
        RegexOptions.None,
        1000)]
    private static partial Regex Inside();
}
