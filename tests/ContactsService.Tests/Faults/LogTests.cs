using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.Faults;

[Collection(OneAtATime.Name)]
[Trait("Speed", "Slow")]
public class LogTests
{
    private const string Secret = "Zyxwvutsrq";

    [Theory]
    [InlineData("Warning")] // as shipped
    [InlineData("Information")] // a line a request
    public async Task Contains_no_secret_or_contact_value_and_every_failures_trace(string level)
    {
        await using var server = await FaultServer.StartNewAsync();
        await using var service = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = server.ConnectionString,
            ["Serilog__MinimumLevel__Override__ContactsService.Server.RequestLog"] = level,
        });
        using var http = new HttpClient { BaseAddress = new Uri(service.Address) };
        var ann = await server.PersonAsync(http);

        await AskEverythingAsync(ann);
        var failed = await FailAsync(server, ann);
        await server.StopAsync();
        var away = (await ann.PostAsync("/contacts", Contact("Away"), ("Idempotency-Key", $"{Secret}-key-2"))).ShouldBe(503);
        await AskEverythingAsync(ann);
        service.Terminate();
        await service.WaitForExitAsync();

        var lines = service.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.All(lines, line => Assert.DoesNotContain(Secret, line, StringComparison.OrdinalIgnoreCase));
        Assert.All(lines, line => Assert.DoesNotContain(ann.Token, line, StringComparison.OrdinalIgnoreCase));
        foreach (var reply in (Reply[])[failed, away])
        {
            Assert.Contains(lines, line => JsonNode.Parse(line)!["TraceId"]?.GetValue<string>() == reply.Value("traceId"));
        }
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"con", false)]
    [InlineData("Content-Length: 100\r\n\r\n{\"con", true)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"con", false)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"con", true)]
    public async Task Has_no_line_about_a_caller_who_disconnects_within_the_body(string beginning, bool isReset)
    {
        await using var service = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = await TestDatabase.CreateAsync() }, "Development");
        for (var i = 0; i < 10; i++)
        {
            using var connection = await RawConnection.OpenAsync(service.Address);
            await connection.SendAsync($"POST /contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{beginning}");
            await connection.ReadAsync(TimeSpan.FromMilliseconds(100)); // the service waits for the rest
            if (isReset)
            {
                connection.Reset();
            }
        }

        service.Terminate();
        await service.WaitForExitAsync();

        Assert.DoesNotContain("   at ", service.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(" (WRN|ERR|FTL) (?!GET |POST )", service.Output); // a slow request is a warning
    }

    private static string Contact(string name) => $$"""
        {"contactType":"CUSTOM","displayName":"{{Secret}} {{name}}","phoneNumbers":[{"type":"{{Secret}}","value":"{{Secret}}"}],
         "addressInfo":{"city":"{{Secret}}"} }
        """;

    private static async Task AskEverythingAsync(Person ann)
    {
        await ann.PostAsync("/contacts", Contact("Joe"), ("Idempotency-Key", $"{Secret}-key"));
        await ann.PostAsync("/contacts", Contact("Other"), ("Idempotency-Key", $"{Secret}-key"));
        await ann.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{Secret}}"}""");
        await ann.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{Secret}}"}""");
        await ann.PutAsync($"/contacts/{Secret}", $$"""{"contactType":"CLOUD","displayName":"{{Secret}}"}""");
        await ann.PatchAsync($"/contacts/{Secret}", $$"""{"title":"{{Secret}}"}""", ("If-Match", $"\"{Secret}\""));
        await ann.PatchAsync($"/contacts/{Secret}", $$"""{"{{Secret}}":"{{Secret}}"}""");
        await ann.GetAsync($"/contacts/{Secret}");
        await ann.GetAsync($"/contacts?displayName={Secret}&{Secret}={Secret}");
        await ann.GetAsync($"/contacts?displayName[contains]={Secret}");
        await ann.GetAsync($"/contacts?pageToken={Secret}");
        await ann.GetAsync($"/{Secret}/{Secret}?{Secret}");
        await ann.GetAsync(
            "/contacts", ("If-None-Match", Secret), ("Accept", $"{Secret}/{Secret}"), ("Cookie", Secret), ("X-Other", Secret));
        await ann.PostAsync("/contacts", $$"""{"displayName":"{{Secret}}", {{Secret}}""");
        await ann.PostAsync("/contacts", $$"""["{{Secret}}"]""");
        await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"{{Secret}}\u0000"}""");
        await ann.PostAsync("/groups", $$"""{"displayName":"{{Secret}}"}""");
        await ann.PostAsync("/groups", $$"""{"displayName":"{{Secret}}","members":["{{Secret}}"]}""");
        await ann.PostAsync("/tokens", $$"""{"user":"{{Secret}}","role":"{{Secret}}","name":"{{Secret}}"}""");
        await ann.SendAsync(new HttpMethod("WEIRD"), $"/contacts/{Secret}", null, []);
        await ann.DeleteAsync($"/contacts/{Secret}");
    }

    /// <summary>Makes the service fail, with the contact's values in the database's own message.</summary>
    private static async Task<Reply> FailAsync(FaultServer server, Person ann)
    {
        await using var database = server.Connect();
        await using (var break_ = database.CreateCommand("ALTER TABLE contact ADD CONSTRAINT broken CHECK (body NOT LIKE '%Broken%')"))
        {
            await break_.ExecuteNonQueryAsync();
        }

        var failed = (await ann.PostAsync("/contacts", Contact("Broken"))).ShouldBeProblem(500, "internal-error");
        Assert.DoesNotContain("broken", failed.Text, StringComparison.OrdinalIgnoreCase);
        return failed;
    }
}
