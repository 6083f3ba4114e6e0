using System.Globalization;

namespace ContactsService.Http;

/// <summary>A finished answer: status, the headers that matter, and bytes that are sent as they are.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON; empty for none.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    private static readonly string[] VaryingHeaders = ["Authorization", "Accept-Encoding"];

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The ETag, with its quotes; null for none.</summary>
    public string? ETag { get; init; }

    /// <summary>Where the new thing is; null for none.</summary>
    public string? Location { get; init; }

    /// <summary>The next page; null for none.</summary>
    public string? Link { get; init; }

    /// <summary>204.</summary>
    public static Answer NoContent(string? etag = null) => new(StatusCodes.Status204NoContent, default) { ETag = etag };

    /// <summary>304: what the caller has is current.</summary>
    public static Answer NotModified(string etag) => new(StatusCodes.Status304NotModified, default) { ETag = etag };

    /// <summary>Sends it.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Features.Get<RequestDeadline>()?.TryAnswer() == false)
        {
            return; // too late
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        // Two callers get different answers at the same address, and each may ask whether its copy is current.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = VaryingHeaders;
        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }

        if (Location is not null)
        {
            response.Headers.Location = Location.StartsWith('/') ? httpContext.Request.PathBase + Location : Location;
        }

        if (Link is not null)
        {
            response.Headers.Link = Link;
        }

        if (Body.Length > 0)
        {
            response.ContentType = ContentType;
            response.ContentLength = Body.Length;
            await response.BodyWriter.WriteAsync(Body, httpContext.RequestAborted);
        }
    }

    /// <summary>A strong ETag of a book's revision.</summary>
    public static string Tag(string book, long version) => string.Create(CultureInfo.InvariantCulture, $"\"{book}-{version}\"");
}
