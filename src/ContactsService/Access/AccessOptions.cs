using System.ComponentModel.DataAnnotations;

namespace ContactsService.Access;

/// <summary>The section <c>Access</c> of the settings.</summary>
internal sealed class AccessOptions
{
    public const int GuessSecondsAtOnce = 5;

    /// <summary>
    /// The time that an instance trusts a token without reading it again, in seconds, 0 to 60. It is also the longest time until other
    /// instances notice that a token was revoked.
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
    /// True to treat requests without a token as the admin <c>developer</c> of the organization <c>development</c>. Applies in Development
    /// only, and only while every listening address is loopback.
    /// </summary>
    public bool DevelopmentAdmin { get; init; } = true;
}
