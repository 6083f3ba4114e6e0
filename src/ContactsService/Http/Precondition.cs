using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ContactsService.Http;

/// <summary>What <c>If-Match</c> and <c>If-None-Match</c> say (RFC 9110, 13.1).</summary>
internal sealed class Precondition
{
    private readonly List<string>? ifMatch;
    private readonly List<string>? ifNoneMatch;

    private Precondition(List<string>? ifMatch, List<string>? ifNoneMatch)
    {
        this.ifMatch = ifMatch;
        this.ifNoneMatch = ifNoneMatch;
    }

    /// <summary>That of a caller who knows no versions.</summary>
    public static readonly Precondition None = new(null, null);

    /// <summary>True when the caller asks whether its copy is current.</summary>
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

    /// <summary>True when the caller wants to create, not to replace: <c>If-None-Match: *</c> on a write.</summary>
    public bool OnlyCreates => ifNoneMatch?.Contains("*") == true;

    /// <summary>Ends a write that is to replace something, where there is nothing to replace.</summary>
    /// <exception cref="ProblemException"><c>stale</c>.</exception>
    public void RequireNothing()
    {
        if (ifMatch is not null)
        {
            throw new ProblemException(Problems.Stale, "Nothing exists here that your If-Match could name. Leave it out to create.");
        }
    }

    /// <summary>True when the caller has this ETag already: 304.</summary>
    public bool Has(string etag) => ifNoneMatch is not null && (ifNoneMatch.Contains("*") || ifNoneMatch.Contains(etag));

    /// <summary>The versions of a book's entries that a write may replace; null for any.</summary>
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

    // Behind a dot stands what the directory had, which is not the writer's to change.
    private static long VersionOf(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('.');
        return long.TryParse(end < 0 ? text : text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }

    // The compressed forms of an answer have ETags of their own (RFC 9110, 8.8.3.3); to a precondition they are one version.
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
            var why = $"{name} is a list of ETags with their quotes, such as \"1a2b3c4d-7\", or *.";
            throw new ProblemException(Problems.InvalidHeader, why);
        }

        // If-Match compares strongly, so a weak tag matches nothing; If-None-Match compares weakly.
        return [.. tags.Where(tag => !strong || !tag.IsWeak).Select(tag => WithoutEncoding(tag.Tag.ToString()))];
    }
}
