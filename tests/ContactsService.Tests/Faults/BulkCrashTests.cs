using System.Globalization;

namespace ContactsService.Tests.Faults;

/// <summary>A service that is killed in the middle of a bulk request.</summary>
[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class BulkCrashTests
{
    private const int Operations = 1_000;

    [Fact]
    public async Task Keeps_all_of_a_bulk_request_or_nothing()
    {
        await using var server = await FaultServer.StartNewAsync();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = server.ConnectionString,
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ServiceProcess.FreePort().ToString(CultureInfo.InvariantCulture)}",
        };
        var service = await ServiceProcess.StartAsync(settings);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
            var ann = await server.PersonAsync(http, "agent");
            (await ann.PostAsync("/bulk", Body("warm"))).ShouldBe(200);
            for (var round = 0; round < 4; round++)
            {
                var sent = SendAsync(ann, round);
                await Task.Delay(60 + (round * 90));
                await service.KillAsync();
                await sent;
                await service.DisposeAsync();
                service = await ServiceProcess.StartAsync(settings);

                Assert.Contains(await CountAsync(ann, round), (int[])[0, Operations]);
                var retried = (await ann.PostAsync("/bulk", Body($"round{round}"), ("Idempotency-Key", $"key{round}"))).ShouldBe(200);
                Assert.All(retried["results"]!.AsArray(), result => Assert.Equal(201, result!["status"]!.GetValue<int>()));
                Assert.Equal(Operations, await CountAsync(ann, round));
            }
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    private static async Task SendAsync(Person person, int round)
    {
        try
        {
            await person.PostAsync("/bulk", Body($"round{round}"), ("Idempotency-Key", $"key{round}"));
        }
        catch (HttpRequestException)
        {
            // The service was killed before it answered.
        }
    }

    private static async Task<int> CountAsync(Person person, int round) =>
        (await person.GetAsync($"/contacts?title=round{round}&pageSize=1000&fields=title")).ShouldBe(200)["contacts"]!.AsArray().Count;

    private static string Body(string title)
    {
        var operations = Enumerable.Range(0, Operations).Select(i =>
            $$"""{"method":"POST","path":"/contacts","data":{"title":"{{title}}","displayName":"C{{i}}","contactType":"CUSTOM"} }""");
        return $$"""{"operations":[{{string.Join(',', operations)}}]}""";
    }
}
