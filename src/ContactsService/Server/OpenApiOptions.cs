namespace ContactsService.Server;

/// <summary>The section <c>OpenApi</c> of the settings.</summary>
internal sealed class OpenApiOptions
{
    /// <summary>False when the OpenAPI documents and Swagger UI are not served.</summary>
    public bool Enabled { get; init; } = true;
}
