using System.ComponentModel.DataAnnotations;

namespace ContactsService.Access;

/// <summary>The section <c>Access</c> of the settings.</summary>
internal sealed class AccessOptions
{
    public const int GuessSecondsAtOnce = 5;

    /// <summary>
    /// The time that an instance remembers what it has read of a token, in seconds, 0 to 60. <see cref="AccessRevisions"/> tells it of
    /// revocations at once.
    /// </summary>
    [Range(0, 60)]
    public int TokenCacheSeconds { get; init; } = 5;

    /// <summary>
    /// How often in a second one address may send a token that this instance does not know, 0 to 100000; 0 is no limit. At once, it may
    /// send those of <see cref="GuessSecondsAtOnce"/> seconds.
    /// </summary>
    [Range(0, 100_000)]
    public int GuessesPerSecond { get; init; } = 20;

    /// <summary>
    /// True for the admin <c>developer</c> of the organization <c>development</c>, in Development only: its token is printed at the start,
    /// and requests from this machine need none while every listening address is loopback.
    /// </summary>
    public bool DevelopmentAdmin { get; init; } = true;
}
