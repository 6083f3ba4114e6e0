using System.Text.Json;

namespace ContactsService.Client;

/// <summary>Problem details (RFC 9457) as they are sent.</summary>
internal sealed record ProblemBody
{
    public string? Code { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    public Dictionary<string, List<string>>? Errors { get; init; }

    public string? TraceId { get; init; }

    public string? ContactId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>Reads a body; one that is none, such as a proxy's page, is an empty problem.</summary>
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
