using System.Net;
using System.Net.Sockets;

namespace ContactsService.Changes.Webhooks;

/// <summary>The rules for the addresses of receivers.</summary>
internal static class WebhookUrl
{
    public const int MaxLength = 2048;

    private const int FirstUnprivilegedPort = 1024;

    /// <summary>Returns what is wrong with the address of a receiver; null when nothing is.</summary>
    public static string? Explain(string text, bool allowPrivateAddresses)
    {
        if (text.Length > MaxLength)
        {
            return $"Must have at most {MaxLength} characters.";
        }

        // Uri takes blanks and line ends, and does not see an address in digits of other scripts, which others do.
        if (text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || IsForeignNumber(character)))
        {
            return "Must have neither blanks nor digits of other scripts than ASCII.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !IsWeb(url, allowPrivateAddresses))
        {
            return allowPrivateAddresses ? "Must be an absolute address with https or http." : "Must be an absolute address with https.";
        }

        if (HasUser(text) || text.Contains('#', StringComparison.Ordinal))
        {
            return "Must have neither a user name nor a fragment. Put a secret of yours into the path or the query.";
        }

        if (allowPrivateAddresses)
        {
            return null;
        }

        // Ports below are those of other protocols.
        if (!url.IsDefaultPort && url.Port < FirstUnprivilegedPort)
        {
            return $"The port must be 443, or {FirstUnprivilegedPort} or above.";
        }

        var isPrivate = LiteralAddress(url) is { } address ? !PublicAddress.Is(address) : EndsWithNumber(url);
        return isPrivate ? "Must not be an address outside of the internet." : null;
    }

    private static bool IsForeignNumber(char character) => char.IsNumber(character) && !char.IsAscii(character);

    // Also an empty one.
    private static bool HasUser(string text)
    {
        var authority = text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = authority.IndexOfAny("/?\\");
        return authority[..(end < 0 ? authority.Length : end)].Contains('@');
    }

    // No name ends so (RFC 3696, section 2): it is an address that some read and others do not, such as 1.2.3.4.5.
    private static bool EndsWithNumber(Uri url) =>
        url.HostNameType == UriHostNameType.Dns && char.IsAsciiDigit(url.IdnHost.TrimEnd('.').Split('.')[^1][0]);

    private static bool IsWeb(Uri url, bool allowPlainHttp) =>
        url.Host.Length > 0 && (url.Scheme == Uri.UriSchemeHttps || (allowPlainHttp && url.Scheme == Uri.UriSchemeHttp));

    // Uri has already read decimal, octal and hexadecimal spellings of IPv4; a dot at the end it takes for a name.
    private static IPAddress? LiteralAddress(Uri url) =>
        IPAddress.TryParse(url.IdnHost.TrimEnd('.'), out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork || url.HostNameType == UriHostNameType.IPv6)
            ? address
            : null;
}
