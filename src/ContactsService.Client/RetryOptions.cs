namespace ContactsService.Client;

/// <summary>
/// How often a call is repeated by itself: after 429 and 503, and when the connection was lost. Only what cannot be done twice is repeated:
/// reads, PUT and DELETE, POST under its <c>Idempotency-Key</c>, PATCH with If-Match; any of them after 429 and when no connection was made.
/// </summary>
public sealed record RetryOptions
{
    /// <summary>Never.</summary>
    public static RetryOptions None { get; } = new() { Repeats = 0 };

    /// <summary>Repeats after the first attempt, 0 or more.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>No attempt starts later than this after the first; a <c>Retry-After</c> beyond it ends the call at once.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the first repeat where the service names none; doubled with each, and varied by up to a quarter.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The clock of the pauses.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
