using System.Text.Json;

namespace ContactsService.Client;

/// <summary>Problem details (RFC 9457) of a response.</summary>
internal sealed record ProblemBody
{
    public string? Code { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    public Dictionary<string, List<string>>? Errors { get; init; }

    public string? TraceId { get; init; }

    public string? ContactId { get; init; }

    public string? GroupId { get; init; }

    public List<BulkResultBody>? Results { get; init; }

    /// <summary>Reads a body. A body that is not JSON, such as a proxy's page, gives an empty problem.</summary>
    public static ProblemBody Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Wire.ProblemBody) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}
