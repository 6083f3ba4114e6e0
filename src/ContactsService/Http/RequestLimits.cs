namespace ContactsService.Http;

/// <summary>The limits for requests and callers: the section <c>Limits</c> of the settings.</summary>
internal sealed class RequestLimits
{
    /// <summary>The maximum size of a body, in bytes.</summary>
    public int BodyBytes { get; init; } = 256 * 1024;

    /// <summary>The time from the end of the headers to the end of the body, in seconds.</summary>
    public int BodySeconds { get; init; } = 20;

    /// <summary>The time for an answer without the arrival of the body, in seconds. After it the answer is 503.</summary>
    public int AnswerSeconds { get; init; } = 4;

    /// <summary>The time for the headers to arrive, in seconds.</summary>
    public int HeaderSeconds { get; init; } = 10;

    /// <summary>The time after which an idle connection is closed, in seconds.</summary>
    public int IdleSeconds { get; init; } = 130;

    /// <summary>The sustained number of requests per second that one caller may make.</summary>
    public int RequestsPerSecond { get; init; } = 5_000;

    /// <summary>The number of requests that one caller may make in a burst.</summary>
    public int RequestsAtOnce { get; init; } = 10_000;

    /// <summary>The time for requests in flight to finish when the service stops, in seconds.</summary>
    public int DrainSeconds { get; init; } = 30;

    public TimeSpan AnswerTime => TimeSpan.FromSeconds(AnswerSeconds);

    public TimeSpan BodyTime => TimeSpan.FromSeconds(BodySeconds);
}
