using System.Security.Cryptography;
using System.Text;

namespace ContactsService.Changes.Webhooks;

/// <summary>Secrets and signatures as Standard Webhooks has them (https://www.standardwebhooks.com).</summary>
internal static class WebhookSecret
{
    /// <summary>How long the secret before still signs after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    public static byte[] New() => RandomNumberGenerator.GetBytes(Bytes);

    /// <summary>The form that callers see.</summary>
    public static string Text(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>The header <c>webhook-signature</c>: a signature for each secret.</summary>
    public static string Sign(IEnumerable<byte[]> secrets, string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
