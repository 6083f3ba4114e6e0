using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Support;

/// <summary>An operation of the OpenAPI documents.</summary>
/// <param name="Method">Such as GET.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="MediaType">The first media type of its body; null when it takes none.</param>
/// <param name="Body">The example of its body; null when it takes none.</param>
public sealed record ApiOperation(HttpMethod Method, string Path, string? MediaType, string? Body)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>What the OpenAPI documents of the service say, all that Swagger UI offers.</summary>
public static partial class ApiDocument
{
    /// <summary>Reads the operations of all documents.</summary>
    public static async Task<IReadOnlyList<ApiOperation>> OperationsAsync(HttpClient http)
    {
        List<ApiOperation> operations = [];
        foreach (var address in await AddressesAsync(http))
        {
            var document = JsonNode.Parse(await http.GetStringAsync(address))!;
            foreach (var (path, methods) in document["paths"]!.AsObject())
            {
                operations.AddRange(methods!.AsObject()
                    .Where(method => method.Value is JsonObject)
                    .Select(method => Read(document, path, method.Key, method.Value!)));
            }
        }

        Assert.True(operations.Count >= 30, "The operations are not found.");
        return operations;
    }

    private static async Task<IEnumerable<string>> AddressesAsync(HttpClient http)
    {
        var found = new List<string>();
        foreach (var page in (string[])["/swagger/index.html", "/swagger/index.js"])
        {
            using var reply = await http.GetAsync(new Uri(page, UriKind.Relative));
            var text = await reply.Content.ReadAsStringAsync();
            found.AddRange(DocumentAddress().Matches(text).Select(match => match.Groups["address"].Value));
        }

        return found.Distinct(StringComparer.Ordinal);
    }

    private static ApiOperation Read(JsonNode document, string path, string method, JsonNode operation)
    {
        var content = operation["requestBody"]?["content"]?.AsObject().FirstOrDefault();
        var example = content?.Value is { } body ? Example(document, body)?.ToJsonString() : null;
        return new(new(method.ToUpperInvariant()), path, content?.Key, example);
    }

    private static JsonNode? Example(JsonNode document, JsonNode body)
    {
        var schema = body["schema"];
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
        {
            schema = document["components"]!["schemas"]![reference.Split('/')[^1]];
        }

        return body["example"]
            ?? body["examples"]?.AsObject().FirstOrDefault().Value?["value"]
            ?? schema?["example"]
            ?? schema?["examples"]?[0];
    }

    [GeneratedRegex("""[\\"]url\\?"\s*:\s*\\?"(?<address>/[^"\\]+\.json)""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DocumentAddress();
}
