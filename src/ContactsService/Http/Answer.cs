using System.Globalization;

namespace ContactsService.Http;

/// <summary>A complete response: the status, the headers, and a body that is sent as it is.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON; empty for no body.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    private const int PartBytes = 64 * 1024;

    private static readonly string[] VaryingHeaders = ["Authorization", "Accept-Encoding"];

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The ETag, with its quotes; null for none.</summary>
    public string? ETag { get; init; }

    /// <summary>False for a list that has to be read each time.</summary>
    public bool MayBeKept { get; init; } = true;

    /// <summary>The address of a created resource; null for none.</summary>
    public string? Location { get; init; }

    /// <summary>The header <c>Link</c> to the next page; null for none.</summary>
    public string? Link { get; init; }

    public static Answer NoContent(string? etag = null) => new(StatusCodes.Status204NoContent, default) { ETag = etag };

    /// <summary>304: the caller's copy is current.</summary>
    public static Answer NotModified(string etag) => new(StatusCodes.Status304NotModified, default) { ETag = etag };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var unsent = Body.Length > PartBytes
            ? httpContext.RequestServices.GetRequiredService<UnsentAnswers>().Add(httpContext, Body.Length)
            : null;
        if (httpContext.Features.Get<RequestDeadline>()?.TryAnswer() == false)
        {
            return; // the deadline has answered
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        // The same address gives different answers to different callers, and callers may revalidate their copy.
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
            await SendAsync(response, httpContext.RequestAborted);
        }
    }

    // In parts: the server copies what it is given, and times how fast each part is read.
    private async Task SendAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        for (var rest = Body; rest.Length > 0; rest = rest[Math.Min(rest.Length, PartBytes)..])
        {
            await response.BodyWriter.WriteAsync(rest[..Math.Min(rest.Length, PartBytes)], cancellationToken);
        }
    }

    /// <summary>Returns the strong ETag of a version in a book.</summary>
    public static string Tag(string book, long version) => string.Create(CultureInfo.InvariantCulture, $"\"{book}-{version}\"");
}
