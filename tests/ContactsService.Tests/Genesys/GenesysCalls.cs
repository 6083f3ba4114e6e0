using System.Net.Http.Headers;
using System.Text;
using ContactsService.Books;
using ContactsService.Contacts;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Tests.Genesys;

/// <summary>Helpers for tests of this API.</summary>
internal static class GenesysCalls
{
    /// <summary>Requires the vendor's error: these two members and no other.</summary>
    public static Reply ShouldFail(this Reply reply, int status, int code, string? saying = null)
    {
        reply.ShouldBe(status);
        Assert.Equal("application/json; charset=utf-8", reply.Headers["Content-Type"]);
        Assert.Equal(["statusCode", "statusMessage"], reply.Json.AsObject().Select(member => member.Key));
        Assert.Equal(code, reply["statusCode"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(reply.Value("statusMessage")));
        if (saying is not null)
        {
            Assert.Contains(saying, reply.Value("statusMessage"), StringComparison.Ordinal);
        }

        return reply;
    }

    /// <summary>The names of a list, in its order.</summary>
    public static async Task<string> NamesAsync(this Person caller, string query = "") =>
        string.Join('|', (await caller.GetAsync($"/api/v2/contacts{query}")).ShouldBe(200).Values("contacts", "name"));

    /// <summary>Adds a custom contact of the organization and gives its id.</summary>
    public static async Task<string> AddCustomAsync(this Person admin, string name, string? number = null) =>
        (await admin.PostAsync("/api/v2/contacts", number is null
            ? $$"""{"name":"{{name}}","type":"Custom"}"""
            : $$"""{"name":"{{name}}","type":"Custom","phoneNumber":"{{number}}"}""")).ShouldBe(201)["contact"]!["id"]!.GetValue<string>();

    /// <summary>Adds what provisioning would: a user or a queue of the organization's directory.</summary>
    public static async Task ProvideAsync(this Service service, string organization, ContactDraft entry)
    {
        var book = BookKey.Of(organization, organization);
        entry.ContactType = "CLOUD";
        await using var connection = await service.Database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Statement.Of(
                    "INSERT INTO book (book_id, organization, owner_id, created) VALUES ($1, $2, $2, now()) ON CONFLICT DO NOTHING",
                    Statement.Value(book.Id), Statement.Value(organization)),
                ContactStatements.Add(book, entry.ContactId!, [], entry, ContactJson.Write(entry.ContactId!, organization, entry)),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
    }

    /// <summary>Sends a request with HTTP Basic.</summary>
    public static async Task<Reply> SendWithPasswordAsync(this HttpClient http, string path, string user, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return await Reply.OfAsync(await http.SendAsync(request));
    }
}
