using System.ComponentModel.DataAnnotations;

namespace ContactsService.Http;

/// <summary>The limits for requests and callers: the section <c>Limits</c> of the settings.</summary>
internal sealed class RequestLimits
{
    /// <summary>The largest body, in bytes.</summary>
    [Range(1, 64 * 1024 * 1024)]
    public int BodyBytes { get; init; } = 256 * 1024;

    /// <summary>The time from the end of the headers to the end of the body, in seconds.</summary>
    [Range(1, 3_600)]
    public int BodySeconds { get; init; } = 20;

    /// <summary>The time for an answer, the arrival of the body apart, in seconds; then it is 503.</summary>
    [Range(1, 3_600)]
    public int AnswerSeconds { get; init; } = 4;

    /// <summary>The time for the headers of a request to arrive, in seconds.</summary>
    [Range(1, 3_600)]
    public int HeaderSeconds { get; init; } = 10;

    /// <summary>How long an idle connection is kept, in seconds.</summary>
    [Range(1, 86_400)]
    public int IdleSeconds { get; init; } = 130;

    /// <summary>Requests a second that one caller may make in the long run.</summary>
    [Range(1, 100_000_000)]
    public int RequestsPerSecond { get; init; } = 5_000;

    /// <summary>Requests that one caller may make at once, before the long run counts.</summary>
    [Range(1, 100_000_000)]
    public int RequestsAtOnce { get; init; } = 10_000;

    /// <summary>The slowest that a caller may read an answer, in bytes a second, after the first 5 seconds; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int AnswerBytesPerSecond { get; init; } = 4_096;

    /// <summary>The most megabytes of answers that wait for one caller to read them.</summary>
    [Range(1, 65_536)]
    public int UnsentMegabytesOfCaller { get; init; } = 32;

    /// <summary>The most megabytes of answers that wait for any caller to read them.</summary>
    [Range(1, 65_536)]
    public int UnsentMegabytes { get; init; } = 128;

    /// <summary>How long requests in flight may take when the service is stopped, in seconds.</summary>
    [Range(0, 3_600)]
    public int DrainSeconds { get; init; } = 30;

    public TimeSpan AnswerTime => TimeSpan.FromSeconds(AnswerSeconds);

    public TimeSpan BodyTime => TimeSpan.FromSeconds(BodySeconds);
}
