using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace ContactsService.Server;

/// <summary>
/// Writes every failure as problem details (RFC 9457), or in the error shape of the path. It is the outermost error handler.
/// </summary>
internal sealed class ErrorWriter(
    RequestDelegate next, RequestLimits limits, Migrator migrator, Database database, IEnumerable<ErrorShape> shapes,
    ILogger<ErrorWriter> log)
{
    private const string RetryAfterSeconds = "1";
    private const int MaxDiscardedBytes = 16 * 1024 * 1024;

    private static readonly ErrorShape Native = new("/", "application/problem+json", ProblemJson.Write);

    private readonly ErrorShape[] shapes = [.. shapes];

    /// <summary>Runs the request, and answers when it fails or exceeds its time limit.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        using var deadline = new RequestDeadline(limits.AnswerTime);
        http.Features.Set(deadline);
        var work = RunAsync(http, deadline);
        if (await Task.WhenAny(work, deadline.Expired) != work && deadline.TryAnswer())
        {
            log.DatabaseUnavailable(nameof(RequestDeadline), "The request exceeded its time limit.");
            http.RequestServices.GetRequiredService<BookTransaction>().Stop(); // the caller is told that nothing was stored
            if (HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers.Connection = "close"; // the next request on the connection would wait for the rest of this one
            }

            await WriteAsync(http, Explain(http, Problems.Unavailable));
            await http.Response.CompleteAsync();
        }

        await work;
    }

    private async Task RunAsync(HttpContext http, RequestDeadline deadline)
    {
        ProblemException problem;
        try
        {
            await next(http);
            if (http.Response.StatusCode < 400 || http.Response.HasStarted || http.Response.ContentLength is not null)
            {
                return;
            }

            problem = Explain(http, Problems.Of(http.Response.StatusCode));
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return; // the caller has disconnected
        }
        catch (ConnectionResetException)
        {
            http.Abort(); // so has this one; Kestrel would read on, and log that it cannot
            return;
        }
        catch (OperationCanceledException) when (deadline.Expired.IsCompleted)
        {
            return; // the caller has its answer, and the operation was cancelled because of it
        }
        catch (Exception failure)
        {
            problem = Translate(http, failure);
        }

        if (deadline.TryAnswer())
        {
            // Clear() also removes headers for successful answers that were set before, such as ETag.
            var allow = http.Response.Headers.Allow;
            http.Response.Clear();
            http.Response.Headers.Allow = allow;
            await WriteAsync(http, problem);
        }
        else if (!deadline.Expired.IsCompleted)
        {
            http.Abort(); // a truncated answer must not look complete
        }
    }

    private ProblemException Translate(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case ProblemException known:
                return known;
            case PoolShareException:
                return new ProblemException(
                    Problems.TooManyRequests,
                    "Too many requests of yours or of your organization are executed at the same time. "
                    + "Send the request again after the seconds in Retry-After, with the same Idempotency-Key if any.");
            case BadHttpRequestException invalid:
                return Explain(http, Problems.Of(invalid.StatusCode));
            case var unavailable when DatabaseFailure.IsUnavailable(unavailable) && !(
                migrator.IsDone && DatabaseFailure.IsNotMigrated(unavailable)):
                log.DatabaseUnavailable(unavailable.GetType().Name, unavailable.Message);
                if (DatabaseFailure.IsLost(unavailable))
                {
                    database.ClearPool();
                }

                if (DatabaseFailure.IsReadOnly(unavailable))
                {
                    database.RenewPool();
                }

                return Explain(http, Problems.Unavailable);
            default:
                log.Failed(failure, http.GetEndpoint()?.DisplayName);
                return Explain(http, Problems.Internal);
        }
    }

    private ProblemException Explain(HttpContext http, Problem problem) => new(problem, problem.Status switch
    {
        401 => "Send 'Authorization: Bearer <token>' with a token that has neither expired nor been revoked.",
        403 => "Ask an admin of your organization.",
        404 => "Check the address. The OpenAPI document at /openapi.json lists all of them.",
        405 => $"Use one of: {http.Response.Headers.Allow}.",
        408 => "Send the whole body without delay. If the connection was slow, send the request again.",
        415 => $"Send JSON in UTF-8 with one of these Content-Types: {MediaTypes(http)}.",
        413 => $"Send a smaller body. The limit here is {MaxBodyBytes(http)} bytes.",
        429 or 503 => "Nothing was stored. Send the request again after the seconds in Retry-After, with the same Idempotency-Key if any.",
        431 => "Send fewer or shorter headers.",
        500 => "The failure is in the service. Tell the operator the traceId.",
        _ => "Check the address, the headers and the framing of the request.",
    });

    private int MaxBodyBytes(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<LargeBody>()?.Bytes ?? limits.BodyBytes;

    // For a 415, routing replaces the endpoint by one without the accepted media types.
    private string MediaTypes(HttpContext http)
    {
        var accepted = http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? ShapeOf(http).AcceptedMediaTypes;
        var isPatchOfJson = HttpMethods.IsPatch(http.Request.Method) && accepted is ["application/json"];
        return string.Join(", ", isPatchOfJson ? ["application/merge-patch+json", .. accepted] : accepted);
    }

    // Case-insensitive, as routing is.
    private ErrorShape ShapeOf(HttpContext http) =>
        Array.Find(shapes, shape => http.Request.Path.StartsWithSegments(shape.Prefix, StringComparison.OrdinalIgnoreCase)) ?? Native;

    private async Task WriteAsync(HttpContext http, ProblemException failure)
    {
        var response = http.Response;
        var problem = failure.Problem;
        var shape = ShapeOf(http);
        response.StatusCode = problem.Status;
        response.ContentType = shape.ContentType;
        response.Headers.CacheControl = "no-store";
        if (problem.Status == 401)
        {
            response.Headers.WWWAuthenticate = shape.Challenge;
        }

        if (problem.Status is 429 or 503 && response.Headers.RetryAfter.Count == 0)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }

        if (problem.Status == 415 && HttpMethods.IsPatch(http.Request.Method))
        {
            response.Headers["Accept-Patch"] = MediaTypes(http);
        }

        if (failure.ETag is not null)
        {
            response.Headers.ETag = failure.ETag;
        }

        var body = shape.Body(failure);
        response.ContentLength = body.Length;
        DiscardTheRest(http);
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    // Kestrel closes the connection over the unread rest of a body above the limit: a client that sends everything before it reads
    // would see a broken connection instead of this answer. Within the limit it reads and discards the rest, for 5 seconds at most.
    private static void DiscardTheRest(HttpContext http)
    {
        if (http.Request.ContentLength <= MaxDiscardedBytes
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxDiscardedBytes;
        }
    }
}

internal static partial class ErrorLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is unavailable: {Kind}: {Reason}")]
    public static partial void DatabaseUnavailable(this ILogger log, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint} failed")]
    public static partial void Failed(this ILogger log, Exception failure, string? endpoint);
}
