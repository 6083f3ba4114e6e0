namespace ContactsService.Http;

/// <summary>The content codings of answers (RFC 9110, 8.4), and the ETags of the compressed forms.</summary>
internal static class ContentEncodings
{
    /// <summary>The suffixes of the ETags of compressed answers, with the closing quote.</summary>
    public static readonly IReadOnlyList<string> ETagSuffixes = [Suffix("gzip"), Suffix("br")];

    /// <summary>Returns the ETag of the compressed form.</summary>
    public static string ETagOf(string etag, string encoding) => $"{etag[..^1]}{Suffix(encoding)}";

    private static string Suffix(string encoding) => $"-{encoding}\"";
}
