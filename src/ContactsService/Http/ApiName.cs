namespace ContactsService.Http;

/// <summary>What metrics call the routes of an adapter, which registers it as a singleton. Other routes are <c>native</c>.</summary>
/// <param name="Prefix">Whole segments that the pattern of the route begins with, such as <c>/scim/v2</c>.</param>
/// <param name="Name">One word, lower-case.</param>
internal sealed record ApiName(PathString Prefix, string Name);
