using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class SlowClientTests
{
    private const int Idle = 2000;
    private const int SlowBodies = 200;
    private const int SlowHeaders = 100;
    private const int BodySeconds = 3;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Do_not_delay_an_ordinary_client()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["Limits__BodySeconds"] = $"{BodySeconds}",
            ["Limits__HeaderSeconds"] = $"{BodySeconds}",
        });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var organization = Service.NewOrganization();
        var ann = await Service.PersonAsync(database, http, organization, "ann", "agent");
        var slow = await Service.PersonAsync(database, http, organization, "slow", "agent");
        var id = await ann.AddContactAsync("Joe");
        await slow.AddContactAsync("Snail");

        var idle = new ConcurrentBag<RawConnection>();
        await Parallel.ForAsync(0, Idle, async (_, _) =>
        {
            var one = await RawConnection.OpenAsync(service.Address);
            await one.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await one.ReadAsync(Time);
            Assert.Equal(204, one.Status);
            idle.Add(one);
        });
        using var end = new CancellationTokenSource();
        var headers =
            $"POST /contacts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {slow.Token}\r\nContent-Type: application/json\r\n";
        var bodies = Enumerable.Range(0, SlowBodies)
            .Select(_ => DripAsync(service, $"{headers}Content-Length: 2000\r\n\r\n{{", end.Token)).ToList();
        var heads = Enumerable.Range(0, SlowHeaders).Select(_ => DripAsync(service, headers, end.Token)).ToList();

        var times = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (watch.Elapsed < Time)
            {
                times.Add(await TimeAsync(() => ann.GetAsync($"/contacts/{id}"), 200));
                times.Add(await TimeAsync(() => ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Jane"}"""), 201));
                times.Add(await TimeAsync(() => ann.GetAsync("/contacts?pageSize=20"), 200));
            }
        }));
        await end.CancelAsync();

        var sorted = times.Order().ToList();
        var p99 = sorted[sorted.Count * 99 / 100];
        TestContext.Current.SendDiagnosticMessage($"{sorted.Count} requests, median {sorted[sorted.Count / 2]:0.0} ms, p99 {p99:0.0} ms");
        foreach (var ended in await Task.WhenAll(bodies))
        {
            Assert.NotEmpty(ended);
            Assert.All(ended, status => Assert.Equal(408, status));
        }

        Assert.All((await Task.WhenAll(heads)).SelectMany(ended => ended), status => Assert.Equal(408, status));
        (await slow.GetAsync("/contacts")).ShouldBe(200);
        Assert.Equal(["Snail"], (await slow.GetAsync("/contacts")).Values("contacts", "displayName"));
        foreach (var one in idle)
        {
            one.Dispose();
        }
    }

    private static async Task<double> TimeAsync(Func<Task<Reply>> send, int expected)
    {
        var begin = Stopwatch.GetTimestamp();
        (await send()).ShouldBe(expected);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    /// <summary>Sends a byte a second, and begins again whenever the service has had enough.</summary>
    private static async Task<List<int?>> DripAsync(ServiceProcess service, string beginning, CancellationToken end)
    {
        var ended = new List<int?>();
        while (!end.IsCancellationRequested)
        {
            using var connection = await RawConnection.OpenAsync(service.Address);
            await connection.SendAsync(beginning);
            while (connection.Status is null && !end.IsCancellationRequested)
            {
                if (!await connection.ReadAsync(TimeSpan.FromSeconds(1)) || connection.Status is not null)
                {
                    ended.Add(connection.Status);
                    break;
                }

                try
                {
                    await connection.SendAsync("a");
                }
                catch (SocketException)
                {
                    // It has been closed; what it said is read next.
                }
            }
        }

        return ended;
    }
}
