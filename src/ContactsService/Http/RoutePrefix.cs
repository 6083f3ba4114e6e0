namespace ContactsService.Http;

/// <summary>A prefix under which routes are reachable too. A module registers its own as singletons.</summary>
/// <param name="Prefix">Whole segments, such as <c>/contact/api/v1</c>; empty for none.</param>
/// <param name="Routes">The beginning of the paths, without the prefix.</param>
internal sealed record RoutePrefix(PathString Prefix, PathString Routes);
