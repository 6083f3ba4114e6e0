using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ContactsService.Benchmarks;

/// <summary>How long it takes to provision an organization by SCIM, as an identity provider does it at first.</summary>
internal static class Provisioning
{
    /// <summary>The name by which <c>--only</c> selects it.</summary>
    public const string Name = "provisioning";

    private const int Users = 10_000;
    private const int Rounds = 3;
    private const int Operations = 1_000; // the most that a bulk request may have

    /// <summary>
    /// Does it for several organizations in turn, and prints the times: the first one meets a service that has just started.
    /// </summary>
    public static async Task RunAsync(string connectionString, Uri service)
    {
        Console.WriteLine();
        for (var round = 1; round <= Rounds; round++)
        {
            var seconds = await RunAsync(connectionString, service, $"bench-provisioning-{round}");
            Console.WriteLine(
                $"{Users} users provisioned by /scim/v2/Bulk in requests of {Operations}: {seconds:0.0} s, {Users / seconds:0} users/s");
        }
    }

    private static async Task<double> RunAsync(string connectionString, Uri service, string organization)
    {
        var admin = await Seed.AddAdminAsync(connectionString, organization);
        using var http = new HttpClient
        {
            BaseAddress = service,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", admin.Token) },
        };
        var watch = Stopwatch.StartNew();
        for (var first = 0; first < Users; first += Operations)
        {
            var operations = Enumerable.Range(first, Operations).Select(i => new
            {
                method = "POST",
                path = "/Users",
                bulkId = $"{i}",
                data = new
                {
                    schemas = new[] { "urn:ietf:params:scim:schemas:core:2.0:User" },
                    userName = $"user{i}@example.com",
                    name = new { givenName = "Joe", familyName = $"Johnson {i}" },
                    emails = new[] { new { value = $"user{i}@example.com", type = "work", primary = true } },
                    phoneNumbers = new[] { new { value = $"+1 555 010 {i}", type = "work" } },
                    title = "Engineer",
                },
            });
            var body = JsonSerializer.Serialize(
                new { schemas = new[] { "urn:ietf:params:scim:api:messages:2.0:BulkRequest" }, failOnErrors = 1, Operations = operations });
            using var reply = await http.PostAsync(
                new Uri("/scim/v2/Bulk", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/scim+json"));
            reply.EnsureSuccessStatusCode();
        }

        var seconds = watch.Elapsed.TotalSeconds;
        await CheckAsync(http, "/scim/v2/Users?count=0", "totalResults", Users);
        await CheckAsync(http, "/scim/v2/Users?filter=title%20eq%20%22engineer%22&count=1", "totalResults", Users);
        await CheckAsync(http, "/scim/v2/Users?sortBy=userName&startIndex=9001&count=1000&attributes=userName", "itemsPerPage", Operations);
        return seconds;
    }

    // A measure of something that was not done is none.
    private static async Task CheckAsync(HttpClient http, string path, string member, int expected)
    {
        using var reply = JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)));
        var number = reply.RootElement.GetProperty(member).GetInt32();
        if (number != expected)
        {
            throw new InvalidOperationException($"{path} answers {number} as {member}, not {expected}.");
        }
    }
}
