namespace ContactsService.Client;

/// <summary>The answer of the five methods of the Webex guide, in its shape.</summary>
public sealed record ContactResponse
{
    /// <summary>The HTTP status: 200, 201 or 204, or that of the failure; 422 when there was no answer or none that could be read.</summary>
    public required int StatusCode { get; init; }

    /// <summary>What was read or made, or why not.</summary>
    public required ContactResponseData Data { get; init; }

    /// <summary><c>SUCCESS</c> or <c>FAILURE</c>.</summary>
    public required string? Message { get; init; }
}
