using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Client;

/// <summary>
/// Verifies the signature of webhook messages, as the Standard Webhooks specification says (https://www.standardwebhooks.com). Safe for any
/// number of threads.
/// </summary>
public static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>How far the time of a message may be from now: 5 minutes, before or after.</summary>
    public static TimeSpan DefaultTolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Returns true when a message is signed with the secret, and sent within <see cref="DefaultTolerance"/>.</summary>
    /// <param name="header">
    /// Returns a header of the request, and null when it has none: in ASP.NET Core <c>name => request.Headers[name]</c>.
    /// </param>
    /// <param name="body">The body, byte for byte as it came.</param>
    /// <param name="secret">The secret, which begins with <c>whsec_</c>.</param>
    /// <exception cref="FormatException">The secret is not Base64.</exception>
    public static bool Verify(Func<string, string?> header, ReadOnlySpan<byte> body, string secret) =>
        Verify(header, body, [secret], DefaultTolerance, TimeProvider.System);

    /// <summary>Returns true when a message is signed with one of the secrets, and sent within a tolerance.</summary>
    /// <param name="header">
    /// Returns a header of the request, and null when it has none: in ASP.NET Core <c>name => request.Headers[name]</c>.
    /// </param>
    /// <param name="body">The body, byte for byte as it came.</param>
    /// <param name="secrets">
    /// The secrets, each of which begins with <c>whsec_</c>: during a rotation, the new one and the one before.
    /// </param>
    /// <param name="tolerance">
    /// How far the time of the message may be from now, before or after. A longer one lets messages be sent again for longer.
    /// </param>
    /// <param name="clock">The clock; <see cref="TimeProvider.System"/>, except in tests.</param>
    /// <exception cref="FormatException">A secret is not Base64.</exception>
    public static bool Verify(
        Func<string, string?> header, ReadOnlySpan<byte> body, IEnumerable<string> secrets, TimeSpan tolerance, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(clock);
        if (header("webhook-id") is not { Length: > 0 } id
            || header("webhook-timestamp") is not { } timestamp
            || header("webhook-signature") is not { } signatures
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > tolerance.TotalSeconds)
        {
            return false;
        }

        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var isSigned = false;
        foreach (var secret in secrets)
        {
            // All are compared, so that the time does not tell which one it was.
            isSigned |= IsSigned(signatures, HMACSHA256.HashData(Key(secret), content));
        }

        return isSigned;
    }

    // Other versions, such as v1a of asymmetric keys, are not for these secrets.
    private static bool IsSigned(string signatures, ReadOnlySpan<byte> expected)
    {
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(HMACSHA256.HashSizeInBytes)];
        Base64.EncodeToUtf8(expected, text, out _, out _);
        var isSigned = false;
        foreach (var signature in signatures.Split(' '))
        {
            isSigned |= signature.StartsWith(Version, StringComparison.Ordinal)
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature[Version.Length..]), text);
        }

        return isSigned;
    }

    private static byte[] Key(string secret) =>
        Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);
}
