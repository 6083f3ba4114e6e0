namespace ContactsService.Http;

/// <summary>
/// A path that pages of other origins may call from a browser (CORS); its error responses are readable too. A module registers its own as
/// singletons.
/// </summary>
/// <param name="Prefix">Whole segments, such as <c>/api/v2</c>.</param>
internal sealed record CorsPath(PathString Prefix)
{
    /// <summary>Request headers that are allowed in addition to the common ones.</summary>
    public IReadOnlyList<string> RequestHeaders { get; init; } = [];

    /// <summary>Response headers that are exposed in addition to the common ones.</summary>
    public IReadOnlyList<string> ExposedHeaders { get; init; } = [];
}
