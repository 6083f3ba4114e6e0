namespace ContactsService.Http;

/// <summary>A path whose routes and errors pages of other origins may call and read. A module registers its own as a singleton.</summary>
/// <param name="Prefix">Whole segments, such as <c>/api/v2</c>.</param>
internal sealed record CorsPath(PathString Prefix)
{
    /// <summary>Request headers that its callers send beside the usual ones.</summary>
    public IReadOnlyList<string> RequestHeaders { get; init; } = [];

    /// <summary>Response headers that its callers read beside the usual ones.</summary>
    public IReadOnlyList<string> ExposedHeaders { get; init; } = [];
}
