using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Access;

/// <summary>A token as it is kept: everything but its secret.</summary>
internal sealed class ApiToken
{
    private const string Prefix = "contacts_";
    private const int SecretBytes = 32;

    /// <summary>SHA-256 of the token. The secret has 256 random bits, so nothing slower is needed.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>What an admin calls it by; not secret.</summary>
    public Guid TokenId { get; init; }

    /// <summary>The organization it opens.</summary>
    public required string Organization { get; init; }

    /// <summary>The user it stands for.</summary>
    public required string UserId { get; init; }

    /// <summary><c>agent</c> or <c>admin</c>.</summary>
    public required string Role { get; init; }

    /// <summary>What it is for, in the words of who issued it; null when nothing was said.</summary>
    public string? Name { get; init; }

    /// <summary>When it was issued, UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>When it ends, UTC.</summary>
    public DateTime Expires { get; init; }

    /// <summary>When it was last used, UTC, to the minute; null when never.</summary>
    public DateTime? LastUsed { get; init; }

    /// <summary>A new secret; its prefix lets scanners of repositories find leaked ones.</summary>
    public static string NewSecret() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>
    /// The hash of a secret. Looking up by hash takes a time that tells nothing about the secret: whoever does not
    /// know it cannot steer the hash towards one that is stored.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
