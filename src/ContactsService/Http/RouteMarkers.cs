namespace ContactsService.Http;

/// <summary>Marks an endpoint that reads its query itself and refuses what it does not know.</summary>
internal sealed class ReadsQuery;

/// <summary>Marks an endpoint that passes over these parameters, because a standard wants it to.</summary>
internal sealed record IgnoresParameters(IReadOnlyList<string> Names);

/// <summary>Marks pages for people.</summary>
internal sealed class AnswersOtherThanJson;

/// <summary>Marks a route that honours <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotentRoute;

/// <summary>Marks a route that writes to the organization's book: its writers wait for that one, not for the caller's own.</summary>
internal sealed class WritesOrganizationBook;
