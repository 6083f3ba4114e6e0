using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Access;

/// <summary>A stored token. Its secret is not stored.</summary>
internal sealed class ApiToken
{
    private const string Prefix = "contacts_";
    private const int SecretBytes = 32;

    private static readonly int SecretLength = Prefix.Length + Base64Url.GetEncodedLength(SecretBytes);

    /// <summary>SHA-256 of the token. The secret has 256 random bits, so a slower hash is not needed.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>The id for listing and revoking; not secret.</summary>
    public Guid TokenId { get; init; }

    /// <summary>The organization that it gives access to.</summary>
    public required string Organization { get; init; }

    /// <summary>The user that it represents.</summary>
    public required string UserId { get; init; }

    /// <summary>The user as <see cref="UserAccess"/> names it. The database makes it.</summary>
    public string UserName { get; private set; } = "";

    /// <summary><c>agent</c> or <c>admin</c>.</summary>
    public required string Role { get; init; }

    /// <summary>What it is limited to; null for everything that the role may.</summary>
    public string[]? Scopes { get; set; }

    /// <summary>The user who has issued it; null for the operator.</summary>
    public string? IssuedBy { get; set; }

    /// <summary>A description from its issuer; null for none.</summary>
    public string? Name { get; set; }

    /// <summary>When it was issued, UTC.</summary>
    public DateTime Created { get; init; }

    /// <summary>When it expires, UTC.</summary>
    public DateTime Expires { get; set; }

    /// <summary>When it was last used, UTC, with a precision of a minute; null when never.</summary>
    public DateTime? LastUsed { get; init; }

    /// <summary>Creates a secret. Its prefix lets repository scanners find leaked tokens.</summary>
    public static string NewSecret() => SecretOf(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The secret with these 32 bytes.</summary>
    public static string SecretOf(ReadOnlySpan<byte> bytes) => Prefix + Base64Url.EncodeToString(bytes);

    /// <summary>False for what cannot be a token.</summary>
    public static bool IsWellFormed(string secret) =>
        secret.Length == SecretLength && secret.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>
    /// Returns the hash of a secret. The time of the lookup by hash reveals nothing, because nobody can steer the hash of an unknown secret
    /// towards a stored one.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
