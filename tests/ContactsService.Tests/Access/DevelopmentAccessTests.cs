using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Npgsql;

namespace ContactsService.Tests.Access;

public sealed class DevelopmentAccessTests(DevelopmentService service) : IClassFixture<DevelopmentService>
{
    [Theory]
    [InlineData("Host", "localhost")]
    [InlineData("Host", "127.0.0.1")]
    [InlineData("Host", "[::1]")]
    [InlineData("User-Agent", "curl/8.14.1")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://{host}")]
    [InlineData("Referer", "http://{host}/swagger/index.html")]
    public async Task Needs_no_token_from_this_machine(string header, string value) =>
        Assert.Equal(200, await service.AskAsync((header, value.Replace("{host}", service.Host, StringComparison.Ordinal))));

    [Theory]
    [InlineData("Host", "contacts.example")]
    [InlineData("Host", "localhost.contacts.example")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Forwarded", "for=203.0.113.7")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-host", "contacts.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Port", "443")]
    [InlineData("X-Forwarded-Server", "proxy")]
    [InlineData("X-Forwarded-Prefix", "/contacts")]
    [InlineData("X-Forwarded-Client-Cert", "Hash=1")]
    [InlineData("X-Original-For", "203.0.113.7")]
    [InlineData("X-Original-URL", "/")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("X-Client-IP", "203.0.113.7")]
    [InlineData("X-Cluster-Client-IP", "203.0.113.7")]
    [InlineData("X-Envoy-External-Address", "203.0.113.7")]
    [InlineData("X-Azure-ClientIP", "203.0.113.7")]
    [InlineData("X-ARR-LOG-ID", "1")]
    [InlineData("X-Amzn-Trace-Id", "Root=1")]
    [InlineData("X-Amz-Cf-Id", "1")]
    [InlineData("X-Appengine-User-IP", "203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Client-IP", "203.0.113.7")]
    [InlineData("CF-Connecting-IP", "203.0.113.7")]
    [InlineData("CF-Ray", "1")]
    [InlineData("CDN-Loop", "cloudflare")]
    [InlineData("True-Client-IP", "203.0.113.7")]
    [InlineData("Fastly-Client-IP", "203.0.113.7")]
    [InlineData("Fly-Client-IP", "203.0.113.7")]
    [InlineData("Tailscale-User-Login", "ann@example.com")]
    [InlineData("Ngrok-Trace-Id", "1")]
    [InlineData("Max-Forwards", "9")]
    [InlineData("Proxy-Connection", "keep-alive")]
    [InlineData("Origin", "https://contacts.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    [InlineData("Referer", "https://contacts.example/")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Needs_a_token_from_anywhere_else(string header, string value)
    {
        Assert.Equal(401, await service.AskAsync((header, value)));
        Assert.Equal(200, await service.AskAsync((header, value), ("Authorization", $"Bearer {service.Token}")));
    }

    [Fact]
    public async Task Needs_a_token_when_a_proxy_adds_no_header_but_speaks_HTTP_1_0()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(service.Address).Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /contacts HTTP/1.0\r\nHost: {service.Host}\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());

        Assert.Equal("HTTP/1.1 401 Unauthorized", await reader.ReadLineAsync());
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Prints_the_same_token_at_each_start_and_takes_it_in_development_only()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = service.Connection };
        await using (var again = await ServiceProcess.StartAsync(settings, "Development"))
        {
            Assert.Equal(service.Token, await DevelopmentService.ReadTokenAsync(again));
        }

        settings["ConnectionStrings__Contacts"] = await TestDatabase.CreateAsync();
        string other;
        await using (var elsewhere = await ServiceProcess.StartAsync(settings, "Development"))
        {
            other = await DevelopmentService.ReadTokenAsync(elsewhere);
            Assert.NotEqual(service.Token, other);
        }

        await using var production = await ServiceProcess.StartAsync(settings, "Production");
        Assert.DoesNotContain("contacts_", production.Output, StringComparison.Ordinal);
        await using var database = NpgsqlDataSource.Create(settings["ConnectionStrings__Contacts"]!);
        await using var count = database.CreateCommand("SELECT count(*) FROM api_token");
        for (var i = 0; i < 50 && (long)(await count.ExecuteScalarAsync())! > 0; i++)
        {
            await Task.Delay(100);
        }

        using var http = new HttpClient { BaseAddress = new Uri(production.Address) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", other);
        (await Reply.OfAsync(await http.GetAsync("/contacts"))).ShouldBeProblem(401, "unauthenticated");
    }
}

/// <summary>A service in Development, for the tests of a class.</summary>
public sealed partial class DevelopmentService : IAsyncLifetime
{
    private ServiceProcess process = null!;
    private HttpClient http = null!;

    public string Connection { get; private set; } = null!;

    public string Token { get; private set; } = null!;

    public string Address => process.Address;

    public string Host => new Uri(process.Address).Authority;

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync();
        process = await ServiceProcess.StartAsync(
            new(StringComparer.Ordinal) { ["ConnectionStrings__Contacts"] = Connection }, "Development");
        http = new HttpClient { BaseAddress = new Uri(process.Address) };
        Token = await ReadTokenAsync(process);
    }

    /// <summary>Asks for the contacts with these headers.</summary>
    /// <returns>The status.</returns>
    public async Task<int> AskAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>Waits for the token that a service prints.</summary>
    public static async Task<string> ReadTokenAsync(ServiceProcess process)
    {
        for (var i = 0; i < 100; i++)
        {
            if (Printed().Match(process.Output) is { Success: true } line)
            {
                return line.Groups[1].Value;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"No token was printed: {process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    [GeneratedRegex("^Token: +(contacts_[A-Za-z0-9_-]{43})$", RegexOptions.Multiline, 1000)]
    private static partial Regex Printed();
}
