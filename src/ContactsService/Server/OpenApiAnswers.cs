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
        ["201"] = "Created.",
        ["204"] = "Done; there is no body.",
        ["304"] = "What you have is current.",
    };

    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal)
    {
        ["ETag"] = "The version, for If-Match and If-None-Match.",
        ["Location"] = "The address of what was created.",
        ["Link"] = "The next page, with rel=\"next\"; absent on the last one.",
        ["Retry-After"] = "Seconds to wait.",
        ["WWW-Authenticate"] = "The schemes of authentication that are taken.",
    };

    // What the server's edge sends with these statuses, whatever the route.
    private static readonly SendsHeader[] Always =
    [
        new("WWW-Authenticate", [StatusCodes.Status401Unauthorized]),
        new("ETag", [StatusCodes.Status412PreconditionFailed]) { IsAlwaysSent = false },
        new("Retry-After", [StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable]),
    ];

    /// <summary>Describes all answers of an operation.</summary>
    public static void Describe(OpenApiOperation operation, IReadOnlyList<SendsHeader> headers, IReadOnlyList<Problem> named)
    {
        foreach (var (status, answer) in operation.Responses!.Select(one => (one.Key, (OpenApiResponse)one.Value)).ToList())
        {
            var problems = named.Where(problem => HasStatus(problem, status)).ToList();
            if (problems.Count == 0)
            {
                problems = [.. Problems.All.Values.Where(problem => HasStatus(problem, status) && IsPossible(problem, operation))];
            }

            var media = answer.Content?.TryGetValue("application/problem+json", out var content) == true
                ? content as OpenApiMediaType
                : null;
            answer.Description = Good.GetValueOrDefault(status)
                ?? string.Join(
                    " ",
                    problems.Select(problem => media is null ? $"{problem.Title}." : $"`{problem.Code}`: {problem.Title}."));
            answer.Headers = headers.Concat(Always)
                .Where(header => header.Statuses.Any(one => one.ToString(CultureInfo.InvariantCulture) == status))
                .DistinctBy(header => header.Name, StringComparer.Ordinal)
                .ToDictionary(header => header.Name, Header, StringComparer.Ordinal);
            if (problems.Count > 0 && media is not null)
            {
                media.Example = Example(problems[^1]);
            }
        }
    }

    private static bool HasStatus(Problem problem, string status) => problem.Status.ToString(CultureInfo.InvariantCulture) == status;

    private static bool IsPossible(Problem problem, OpenApiOperation operation)
    {
        if (problem.IsNamedByRoutes)
        {
            return false;
        }

        if (problem == Problems.InvalidJson || problem == Problems.InvalidMembers)
        {
            return operation.RequestBody is not null;
        }

        bool Takes(string name) => operation.Parameters!.Any(parameter => parameter.Name == name);

        return problem == Problems.InvalidFilter ? Takes("pageSize")
            : problem == Problems.InvalidPageToken ? Takes("pageToken")
            : problem == Problems.InvalidChangeToken ? Takes("since")
            : problem != Problems.UnknownParameter || !Takes("pageToken");
    }

    private static IOpenApiHeader Header(SendsHeader header) => new OpenApiHeader
    {
        Description = Headers[header.Name],
        Required = header.IsAlwaysSent,
        Schema = new OpenApiSchema { Type = header.Name == "Retry-After" ? JsonSchemaType.Integer : JsonSchemaType.String },
    };

    private static JsonObject Example(Problem problem) => new()
    {
        ["type"] = $"/problems#{problem.Code}",
        ["title"] = problem.Title,
        ["status"] = problem.Status,
        ["detail"] = "What is wrong here, and what to do.",
        ["code"] = problem.Code,
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
    };
}
