namespace ContactsService.Http;

/// <summary>Marks an endpoint that reads its query itself and refuses unknown parameters.</summary>
internal sealed class ReadsQuery;

/// <summary>Marks an endpoint that ignores these query parameters, because a standard requires it.</summary>
internal sealed record IgnoresParameters(IReadOnlyList<string> Names);

/// <summary>Marks an endpoint whose answers are not JSON, such as a page.</summary>
internal sealed class AnswersOtherThanJson;

/// <summary>Marks a route that honours <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotentRoute;

/// <summary>Marks a route that writes to the organization's book: its requests queue for that book instead of the caller's own.</summary>
internal sealed class WritesOrganizationBook;
