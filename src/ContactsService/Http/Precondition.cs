using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ContactsService.Http;

/// <summary>The headers <c>If-Match</c> and <c>If-None-Match</c> of a request (RFC 9110, 13.1).</summary>
internal sealed class Precondition
{
    private readonly List<string>? ifMatch;
    private readonly List<string>? ifNoneMatch;

    private Precondition(List<string>? ifMatch, List<string>? ifNoneMatch)
    {
        this.ifMatch = ifMatch;
        this.ifNoneMatch = ifNoneMatch;
    }

    /// <summary>No precondition.</summary>
    public static readonly Precondition None = new(null, null);

    /// <summary>True when the request has <c>If-None-Match</c>.</summary>
    public bool AsksForChange => ifNoneMatch is not null;

    /// <summary>Binds the parameter of a handler.</summary>
    /// <exception cref="ProblemException"><c>invalid-header</c>.</exception>
    public static ValueTask<Precondition> BindAsync(HttpContext http)
    {
        var headers = http.Request.Headers;
        return ValueTask.FromResult(new Precondition(
            Read(HeaderNames.IfMatch, headers.IfMatch, strong: true),
            Read(HeaderNames.IfNoneMatch, headers.IfNoneMatch, strong: false)));
    }

    /// <summary>The same of an operation of a bulk request, whose members have the syntax of the headers. Null for no header.</summary>
    /// <exception cref="ProblemException"><c>invalid-header</c>.</exception>
    public static Precondition Of(string? ifMatch, string? ifNoneMatch) =>
        ifMatch is null && ifNoneMatch is null
            ? None
            : new(Read("ifMatch", ifMatch, strong: true), Read("ifNoneMatch", ifNoneMatch, strong: false));

    /// <summary>True for <c>If-None-Match: *</c>: a write may create but not replace.</summary>
    public bool OnlyCreates => ifNoneMatch?.Contains("*") == true;

    /// <summary>Throws when the request has <c>If-Match</c>, because there is nothing to replace.</summary>
    /// <exception cref="ProblemException"><c>stale</c>.</exception>
    public void RequireNothing()
    {
        if (ifMatch is not null)
        {
            throw new ProblemException(
                Problems.Stale, "Nothing exists at this address that If-Match could match. Leave If-Match out to create it.");
        }
    }

    /// <summary>True when the caller already has this ETag, so that a read is answered with 304.</summary>
    public bool Has(string etag) => ifNoneMatch is not null && (ifNoneMatch.Contains("*") || ifNoneMatch.Contains(etag));

    /// <summary>The versions in a book that a write may replace; null for any.</summary>
    public long[]? Versions(string book)
    {
        if (ifMatch is null || ifMatch.Contains("*"))
        {
            return null;
        }

        var start = $"\"{book}-";
        return [.. ifMatch
            .Where(tag => tag.StartsWith(start, StringComparison.Ordinal))
            .Select(tag => VersionOf(tag.AsSpan(start.Length).TrimEnd('"')))];
    }

    // The part after the dot is the version of the directory entry, which the writer does not change.
    private static long VersionOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('.');
        return long.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }

    // Compressed forms have ETags of their own (RFC 9110, 8.8.3.3). Preconditions treat all forms as one version.
    private static string WithoutEncoding(string tag)
    {
        foreach (var suffix in ContentEncodings.ETagSuffixes)
        {
            if (tag.EndsWith(suffix, StringComparison.Ordinal))
            {
                return $"{tag[..^suffix.Length]}\"";
            }
        }

        return tag;
    }

    private static List<string>? Read(string name, Microsoft.Extensions.Primitives.StringValues header, bool strong)
    {
        if (header.Count == 0)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags))
        {
            var detail = $"{name} must be a list of ETags with their quotes, such as \"1a2b3c4d-7\", or *.";
            throw new ProblemException(Problems.InvalidHeader, detail);
        }

        // If-Match compares strongly, so a weak tag matches nothing; If-None-Match compares weakly.
        return [.. tags.Where(tag => !strong || !tag.IsWeak).Select(tag => WithoutEncoding(tag.Tag.ToString()))];
    }
}
