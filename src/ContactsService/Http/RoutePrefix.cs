namespace ContactsService.Http;

/// <summary>Routes that are also reached behind a prefix. A module registers its own as a singleton.</summary>
/// <param name="Prefix">Whole segments, such as <c>/contact/api/v1</c>; empty for none.</param>
/// <param name="Routes">What the paths begin with, without the prefix.</param>
internal sealed record RoutePrefix(PathString Prefix, PathString Routes);
