using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace ContactsService.Tests.Faults;

/// <summary>Writers who note what was acknowledged and what was not, while something is killed.</summary>
[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class CrashTests
{
    private const int Writers = 8;
    private const int Books = 2; // writers of one book wait for each other, those of two do not

    [Fact]
    public async Task Loses_and_duplicates_nothing_when_the_service_is_killed()
    {
        await using var server = await FaultServer.StartNewAsync();
        var settings = Settings(server);
        var service = await ServiceProcess.StartAsync(settings);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
            var people = await PeopleAsync(server, http);
            for (var round = 0; round < 3; round++)
            {
                var writers = await StartWritersAsync(people, round);
                await WaitForAsync(writers, 8 * (round + 1));
                await service.KillAsync();
                await Task.WhenAll(writers.Select(writer => writer.Ended));
                await service.DisposeAsync();
                service = await ServiceProcess.StartAsync(settings);
                await ShouldHaveKeptAllAsync(server, people, writers);
            }
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task Loses_and_duplicates_nothing_when_the_database_is_killed()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await ServiceProcess.StartAsync(Settings(server));
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var people = await PeopleAsync(server, http);
        for (var round = 0; round < 2; round++)
        {
            var writers = await StartWritersAsync(people, round);
            await WaitForAsync(writers, 8 * (round + 1));
            await server.KillAsync();
            await Task.WhenAll(writers.Select(writer => writer.Ended));
            await server.StartAsync();
            await service.WaitUntilReadyAsync();
            await ShouldHaveKeptAllAsync(server, people, writers);
        }
    }

    private static Dictionary<string, string?> Settings(FaultServer server) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Contacts"] = server.ConnectionString,
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture)}",
    };

    private static async Task<Person[]> PeopleAsync(FaultServer server, HttpClient http) =>
        await Task.WhenAll(Enumerable.Range(0, Books).Select(_ => server.PersonAsync(http, "agent")));

    private static async Task<Writer[]> StartWritersAsync(Person[] people, int round)
    {
        var writers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Writer.NewAsync(people[i % Books], $"{round}-{i}")));
        Array.ForEach(writers, writer => writer.Start());
        return writers;
    }

    private static async Task WaitForAsync(Writer[] writers, int contacts)
    {
        while (writers.Any(writer => writer.Acknowledged.Count < contacts))
        {
            Assert.DoesNotContain(writers, writer => writer.Ended.IsCompleted);
            await Task.Delay(1);
        }
    }

    private static async Task ShouldHaveKeptAllAsync(FaultServer server, Person[] people, Writer[] writers)
    {
        await Task.WhenAll(writers.Select(writer => writer.RetryAsync()));
        foreach (var person in people)
        {
            var kept = await ListAsync(person);
            foreach (var writer in writers.Where(writer => writer.Person == person))
            {
                foreach (var (name, id) in writer.Acknowledged)
                {
                    Assert.Equal([id], kept[name]);
                }

                // The last update that was acknowledged is there, or the one behind it that was not told any more.
                var (counter, counted) = writer.Counter;
                var value = int.Parse(
                    (await person.GetAsync($"/contacts/{counter}")).ShouldBe(200).Value("title"), CultureInfo.InvariantCulture);
                Assert.InRange(value, counted, counted + 1);
            }

            var groups = (await person.GetAsync("/groups?isDefault=true")).ShouldBe(200);
            Assert.Equal(["Other contacts"], groups.Values("groups", "displayName"));
        }

        await using var database = server.Connect();
        Assert.Equal(0, await CountAsync(database, """
            SELECT count(*) FROM contact c WHERE cardinality(group_ids) = 0
            OR EXISTS (SELECT FROM unnest(group_ids) AS g (id)
                       WHERE NOT EXISTS (SELECT FROM contact_group o WHERE o.book_id = c.book_id AND o.group_id = g.id))
            """));
        Assert.Equal(0, await CountAsync(database, "SELECT count(*) FROM idempotency_record WHERE answer = ''"));
    }

    private static async Task<ILookup<string, string>> ListAsync(Person person)
    {
        var kept = new List<(string Name, string Id)>();
        for (var page = "/contacts?pageSize=1000"; page is not null;)
        {
            var reply = (await person.GetAsync(page)).ShouldBe(200);
            kept.AddRange(reply.Values("contacts", "displayName").Zip(reply.Values("contacts", "contactId")));
            page = reply["nextPageToken"] is { } next ? $"/contacts?pageSize=1000&pageToken={next.GetValue<string>()}" : null;
        }

        return kept.ToLookup(one => one.Name, one => one.Id, StringComparer.Ordinal);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private sealed class Writer(Person person, string name, string counter)
    {
        private readonly ConcurrentQueue<int> unknown = new();
        private int counted;

        public Person Person => person;

        /// <summary>Names and ids of what was answered with 201.</summary>
        public ConcurrentDictionary<string, string> Acknowledged { get; } = new(StringComparer.Ordinal);

        public (string Id, int LastAcknowledged) Counter => (counter, counted);

        public Task Ended { get; private set; } = Task.CompletedTask;

        public static async Task<Writer> NewAsync(Person person, string name)
        {
            var counter = await person.AddContactAsync($"Counter {name}");
            (await person.PatchAsync($"/contacts/{counter}", """{"title":"0"}""")).ShouldBe(200);
            return new(person, name, counter);
        }

        public void Start() => Ended = Task.Run(WriteAsync);

        /// <summary>Sends everything again that was not answered, with its key.</summary>
        public async Task RetryAsync()
        {
            foreach (var i in unknown)
            {
                Keep(i, (await PostAsync(i)).ShouldBe(201));
                Assert.Equal(Acknowledged[Name(i)], (await PostAsync(i)).ShouldBe(201).Value("contactId"));
            }
        }

        private async Task WriteAsync()
        {
            for (var i = 0; ; i++)
            {
                if (!await TryAsync(() => PostAsync(i), 201, reply => Keep(i, reply)))
                {
                    unknown.Enqueue(i);
                    return;
                }

                var next = counted + 1;
                if (!await TryAsync(
                    () => person.PutAsync(
                        $"/contacts/{counter}", $$"""{"contactType":"CUSTOM","displayName":"Counter {{name}}","title":"{{next}}"}"""),
                    200,
                    _ => counted = next))
                {
                    return;
                }
            }
        }

        private static async Task<bool> TryAsync(Func<Task<Reply>> send, int expected, Action<Reply> keep)
        {
            try
            {
                var reply = await send();
                if ((int)reply.Status == 503)
                {
                    return false;
                }

                keep(reply.ShouldBe(expected));
                return true;
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException)
            {
                return false;
            }
        }

        private Task<Reply> PostAsync(int i) =>
            person.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"{{Name(i)}}"}""", ("Idempotency-Key", Name(i)));

        private string Name(int i) => $"Contact {name}-{i.ToString(CultureInfo.InvariantCulture)}";

        private void Keep(int i, Reply reply) => Acknowledged[Name(i)] = reply.Value("contactId");
    }
}
