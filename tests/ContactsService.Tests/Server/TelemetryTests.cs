using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Npgsql;

namespace ContactsService.Tests.Server;

/// <summary>Reads what goes out over OTLP. Names and values are plain UTF-8 in its messages, so a search for them does.</summary>
[Trait("Speed", "Slow")]
public class TelemetryTests
{
    [Fact]
    public async Task Sends_metrics_and_names_of_routes_and_no_values()
    {
        using var collector = new HttpListener();
        var endpoint = $"http://127.0.0.1:{ServiceProcess.FreePort()}/";
        collector.Prefixes.Add(endpoint);
        collector.Start();
        var received = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var collecting = CollectAsync(collector, received);
        var connection = await TestDatabase.CreateAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await using (var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = connection,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }))
        {
            using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
            var ann = await Service.PersonAsync(database, http, Service.NewOrganization(), "ann", "admin");
            const string Joe = """{"contactId":"SecretValue","contactType":"CUSTOM","displayName":"SecretValue"}""";
            (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);
            (await ann.PostAsync("/contacts", Joe, ("Idempotency-Key", "k"))).ShouldBe(201);
            (await ann.PostAsync("/contacts", Joe)).ShouldBe(409);
            (await ann.GetAsync("/contacts/SecretValue")).ShouldBe(200);
            (await ann.GetAsync("/api/v2/contacts")).ShouldBe(200);
            (await ann.GetAsync("/scim/v2/Users")).ShouldBe(200);
            (await ann.GetAsync("/encrypt/Users/contacts")).ShouldBe(200);
        }

        collector.Stop();
        await collecting;
        var metrics = received["/v1/metrics"];
        Assert.All(
            [
                "contacts.requests", "contacts.conflicts", "contacts.idempotency.replays", "contacts.book.writes",
                "contacts.book.queue_wait",
                "db.client.connection.count", "http.server.request.duration", "native", "webex", "genesys", "scim",
            ],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        var traces = received["/v1/traces"];
        Assert.All(
            ["GET /contacts/{contactId}", "POST /contacts", "http.request.method", "http.route", "http.response.status_code"],
            name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.DoesNotContain("SecretValue", metrics + traces, StringComparison.Ordinal);
    }

    private static async Task CollectAsync(HttpListener collector, ConcurrentDictionary<string, string> received)
    {
        while (true)
        {
            try
            {
                var request = await collector.GetContextAsync();
                using var reader = new StreamReader(request.Request.InputStream, Encoding.Latin1);
                var text = await reader.ReadToEndAsync();
                received.AddOrUpdate(request.Request.Url!.AbsolutePath, text, (_, before) => before + text);
                request.Response.Close();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
