namespace ContactsService.Client;

/// <summary>
/// When a call is retried: after 429 and 503, and when the connection was lost. Only calls that are safe to repeat are retried: reads, PUT
/// and DELETE, POST with its <c>Idempotency-Key</c>, PATCH with If-Match. Any call is retried after 429 and when no connection was made.
/// </summary>
public sealed record RetryOptions
{
    /// <summary>Options without retries. A stream of changes that is lost is not opened again.</summary>
    public static RetryOptions None { get; } = new() { Repeats = 0 };

    /// <summary>The number of retries after the first attempt, 0 or more. The default is 3.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>
    /// The time after the first attempt within which retries start. A longer <c>Retry-After</c> ends the call at once. For a call that
    /// waits for changes, the time that it may wait is added. The default is 30 seconds.
    /// </summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The delay before the first retry when the service names none. It doubles with each retry and varies by up to a quarter. The default
    /// is 200 milliseconds.
    /// </summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The clock of the delays.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
