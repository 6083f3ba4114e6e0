using System.Globalization;
using System.Text.Json.Nodes;
using ContactsService.Http;
using Microsoft.OpenApi;

namespace ContactsService.Server;

/// <summary>What each status of an operation means, which headers it carries, and what a problem looks like.</summary>
internal static class OpenApiAnswers
{
    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["200"] = "The answer.",
        ["201"] = "It was made; Location says where it is.",
        ["204"] = "Done; there is nothing to say.",
        ["304"] = "What you have is current.",
    };

    /// <summary>Describes all answers of an operation.</summary>
    public static void Describe(OpenApiOperation operation)
    {
        foreach (var (status, answer) in operation.Responses!.Select(one => (one.Key, (OpenApiResponse)one.Value)).ToList())
        {
            var problems = Problems.All.Values
                .Where(problem => problem.Status.ToString(CultureInfo.InvariantCulture) == status)
                .ToList();
            var media = answer.Content?.TryGetValue("application/problem+json", out var content) == true ? content as OpenApiMediaType : null;
            answer.Description = Good.GetValueOrDefault(status)
                ?? string.Join(" ", problems.Select(problem => media is null ? $"{problem.Title}." : $"`{problem.Code}`: {problem.Title}."));
            answer.Headers = Headers(status);
            if (problems.Count > 0 && media is not null)
            {
                media.Example = Example(problems[^1]);
            }
        }
    }

    private static Dictionary<string, IOpenApiHeader> Headers(string status)
    {
        var headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        void Add(string name, string description) => headers[name] = new OpenApiHeader
        {
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

        if (status is "200" or "201" or "304" or "412")
        {
            Add("ETag", "The version, for If-Match and If-None-Match.");
        }

        if (status is "201")
        {
            Add("Location", "Where it is.");
        }

        if (status is "401")
        {
            Add("WWW-Authenticate", "Bearer.");
        }

        if (status is "429" or "503")
        {
            Add("Retry-After", "Seconds to wait.");
        }

        return headers;
    }

    private static JsonObject Example(Problem problem) => new()
    {
        ["type"] = $"/problems#{problem.Code}",
        ["title"] = problem.Title,
        ["status"] = problem.Status,
        ["detail"] = "What helps in this case.",
        ["code"] = problem.Code,
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
    };
}
