using System.Diagnostics;
using ContactsService.Tests.Changes;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class WaitingTests
{
    [Fact]
    public async Task Goes_on_while_the_database_is_away()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = new HttpClient { BaseAddress = new(service.Address) };
        var ann = await server.PersonAsync(http);
        var token = await ann.NowAsync();

        var waiting = ann.ChangesAsync(token, "&wait=60");
        await Task.Delay(500);
        await server.StopAsync();
        await Task.Delay(2000);
        await server.StartAsync();
        var watch = Stopwatch.StartNew();
        while ((int)(await ann.PostAsync("/contacts", """{"contactType":"CUSTOM","displayName":"Joe"}""")).Status != 201)
        {
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        }

        Assert.Equal("put Joe|put Other contacts", ChangeCalls.Texts((await waiting)["changes"]!.AsArray()!));
    }

    [Fact]
    public async Task Ends_when_the_service_stops()
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await StartAsync(server);
        using var http = new HttpClient { BaseAddress = new(service.Address) };
        var ann = await server.PersonAsync(http);
        var token = await ann.NowAsync();
        var waiting = ann.ChangesAsync(token, "&wait=60");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/changes/stream?since=now");
        request.Headers.Authorization = new("Bearer", ann.Token);
        using var stream = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await Task.Delay(500);
        var watch = Stopwatch.StartNew();

        service.Terminate();

        Assert.Equal($$"""{"changes":[],"nextToken":"{{token}}","more":false}""", (await waiting).Text);
        Assert.StartsWith("id: ", await stream.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await service.WaitForExitAsync();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
    }

    private static Task<ServiceProcess> StartAsync(FaultServer server) =>
        ServiceProcess.StartAsync(new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = server.ConnectionString });
}
