namespace ContactsService.Http;

/// <summary>The content codings of answers (RFC 9110, 8.4), and the ETags of the compressed forms.</summary>
internal static class ContentEncodings
{
    /// <summary>What the ETag of a compressed answer ends with, its closing quote included.</summary>
    public static readonly IReadOnlyList<string> ETagSuffixes = [Suffix("gzip"), Suffix("br")];

    /// <summary>The ETag of the compressed form.</summary>
    public static string ETagOf(string etag, string encoding) => $"{etag[..^1]}{Suffix(encoding)}";

    private static string Suffix(string encoding) => $"-{encoding}\"";
}
