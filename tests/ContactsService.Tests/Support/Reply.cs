using System.Net;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.Support;

/// <summary>A complete response.</summary>
public sealed record Reply(
    HttpStatusCode Status, string Text, string? ETag, string? Location, string? Link, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>A member of the body.</summary>
    public JsonNode? this[string member] => Json[member];

    public static async Task<Reply> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return new(
                response.StatusCode,
                await response.Content.ReadAsStringAsync(),
                headers.GetValueOrDefault("ETag"),
                headers.GetValueOrDefault("Location"),
                headers.GetValueOrDefault("Link"),
                headers);
        }
    }

    /// <summary>Requires the status and returns the response. The message of a failure contains the body.</summary>
    public Reply ShouldBe(int status)
    {
        Assert.True((int)Status == status, $"Expected {status}, got {(int)Status}: {Text}");
        return this;
    }

    /// <summary>Requires problem details with this code.</summary>
    public Reply ShouldBeProblem(int status, string code, string? member = null)
    {
        ShouldBe(status);
        Assert.Equal("application/problem+json", Headers["Content-Type"]);
        Assert.Equal(code, this["code"]!.GetValue<string>());
        Assert.Equal(status, this["status"]!.GetValue<int>());
        Assert.Matches("^[0-9a-f]{32}$", this["traceId"]!.GetValue<string>());
        if (member is not null)
        {
            Assert.True(this["errors"]?[member] is not null, $"No error about {member}: {Text}");
        }

        return this;
    }

    /// <summary>A text in the body.</summary>
    public string Value(string member) => this[member]!.GetValue<string>();

    /// <summary>The named texts of the entries of a list in the body.</summary>
    public List<string> Values(string list, string member) =>
        [.. this[list]!.AsArray().Select(entry => entry![member]!.GetValue<string>())];
}
