using System.Diagnostics;
using System.Net;
using ContactsService.Tests.Faults;
using Npgsql;

namespace ContactsService.Tests.Server;

[Trait("Speed", "Slow")]
public class UnsentAnswerTests
{
    [Fact]
    public async Task Of_slow_readers_are_limited_for_each_caller_and_end()
    {
        var connection = await TestDatabase.CreateAsync();
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = $"{connection};Command Timeout=20",
            ["Limits__AnswerSeconds"] = "20", // the machine may be busy
            ["AnswerCache__MaxMegabytes"] = "0",
            ["Limits__AnswerBytesPerSecond"] = "1000000",
            ["Limits__UnsentMegabytesOfCaller"] = "8",
        });
        await using var database = NpgsqlDataSource.Create(connection);
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var organization = Service.NewOrganization();
        var ann = await Service.PersonAsync(database, http, organization, "ann", "agent");
        var ben = await Service.PersonAsync(database, http, organization, "ben", "agent");
        await AddEightMegabytesAsync(ann);
        (await ann.GetAsync("/contacts?pageSize=1000")).ShouldBe(200);

        using var slow = await RawConnection.OpenAsync(service.Address, receiveBuffer: 4_096);
        await slow.SendAsync(
            $"GET /contacts?pageSize=1000 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ann.Token}\r\n\r\n");
        await slow.ReadAsync(TimeSpan.FromSeconds(10)); // a part
        Assert.Equal(200, slow.Status);
        var watch = Stopwatch.StartNew();

        var refused = (await ann.GetAsync("/contacts?pageSize=1000")).ShouldBeProblem(429, "too-many-requests");
        Assert.Equal("You have not read earlier answers yet. Read them, then send the request again.", refused.Value("detail"));
        (await ann.GetAsync("/contacts?pageSize=1&fields=displayName")).ShouldBe(200);
        (await ben.GetAsync("/contacts")).ShouldBe(200);

        while ((await ann.GetAsync("/contacts?pageSize=1000")).Status == HttpStatusCode.TooManyRequests)
        {
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60); // 5 seconds, and the time for one part
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
    }

    private static async Task AddEightMegabytesAsync(Person person)
    {
        var contact = $$"""{"contactType":"CUSTOM","displayName":"Joe","notes":"{{new string('\u20AC', 16_000)}}"}""";
        var operation = $$"""{"method":"POST","path":"/contacts","data":{{contact}}}""";
        for (var i = 0; i < 18; i++)
        {
            var operations = string.Join(',', Enumerable.Repeat(operation, 10));
            (await person.PostAsync("/bulk", $$"""{"operations":[{{operations}}]}""")).ShouldBe(200);
        }
    }
}
