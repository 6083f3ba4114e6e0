namespace ContactsService.Client;

/// <summary>The result of the five methods of the Webex guide, in the guide's form.</summary>
public sealed record ContactResponse
{
    /// <summary>
    /// The HTTP status: 200, 201 or 204, or the status of the failure; 422 when there was no response or it could not be read.
    /// </summary>
    public required int StatusCode { get; init; }

    /// <summary>The result, or the reason of the failure.</summary>
    public required ContactResponseData Data { get; init; }

    /// <summary><c>SUCCESS</c> or <c>FAILURE</c>.</summary>
    public required string? Message { get; init; }
}
