using System.ComponentModel.DataAnnotations;

namespace ContactsService.Access;

/// <summary>The section <c>Access</c> of the settings.</summary>
internal sealed class AccessOptions
{
    /// <summary>
    /// How long an instance trusts a token without asking the database again, in seconds, 0 to 60: the longest time
    /// another instance takes to learn that a token was revoked.
    /// </summary>
    [Range(0, 60)]
    public int TokenCacheSeconds { get; init; } = 5;

    /// <summary>
    /// True when, in Development and on loopback only, a request without a token is the admin <c>developer</c> of the
    /// organization <c>development</c>.
    /// </summary>
    public bool DevelopmentAdmin { get; init; } = true;
}
