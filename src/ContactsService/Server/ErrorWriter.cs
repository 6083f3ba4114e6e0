using System.Diagnostics;
using System.Text.Json;
using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.AspNetCore.Http.Metadata;

namespace ContactsService.Server;

/// <summary>The outermost layer: every failure leaves through here as problem details (RFC 9457), or in the shape of the door it was met at.</summary>
internal sealed class ErrorWriter(RequestDelegate next, RequestLimits limits, Migrator migrator, IEnumerable<ErrorShape> shapes, ILogger<ErrorWriter> log)
{
    private const string RetryAfterSeconds = "1";

    private static readonly ErrorShape Native = new("/", "application/problem+json", Body);

    private readonly ErrorShape[] shapes = [.. shapes];

    /// <summary>Runs the request, and answers for what goes wrong in it or takes too long.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        using var deadline = new RequestDeadline(limits.AnswerTime);
        http.Features.Set(deadline);
        var work = RunAsync(http, deadline);
        if (await Task.WhenAny(work, deadline.Expired) != work && deadline.TryAnswer())
        {
            log.DatabaseUnavailable(nameof(RequestDeadline), "No answer in time.");
            http.RequestServices.GetRequiredService<BookTransaction>().Stop(); // the caller is told that nothing was stored
            if (HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers.Connection = "close"; // the next request on it would wait for what still runs of this one
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
            return; // nobody is there to be answered
        }
        catch (OperationCanceledException) when (deadline.Expired.IsCompleted)
        {
            return; // its caller has been answered, and it has heard of that
        }
        catch (Exception failure)
        {
            problem = Translate(http, failure);
        }

        if (deadline.TryAnswer())
        {
            // Clear() also takes the headers that an earlier layer has set for good answers, such as ETag.
            var allow = http.Response.Headers.Allow;
            http.Response.Clear();
            http.Response.Headers.Allow = allow;
            await WriteAsync(http, problem);
        }
        else if (!deadline.Expired.IsCompleted)
        {
            http.Abort(); // half an answer must not look like a whole one
        }
    }

    private ProblemException Translate(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case ProblemException known:
                return known;
            case BadHttpRequestException unreadable:
                return Explain(http, Problems.Of(unreadable.StatusCode));
            case var lost when DatabaseFailure.IsUnavailable(lost) && !(migrator.IsDone && DatabaseFailure.IsNotMigrated(lost)):
                log.DatabaseUnavailable(lost.GetType().Name, lost.Message);
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
        404 => "Check the address; the OpenAPI document at /openapi.json lists all.",
        405 => $"Use one of: {http.Response.Headers.Allow}.",
        408 => "Send the body at once, and again if this was a slow line.",
        415 => $"Send JSON in UTF-8 with one of these as its Content-Type: {MediaTypes(http)}.",
        413 => $"Send less: a request here has at most {http.GetEndpoint()?.Metadata.GetMetadata<LargeBody>()?.Bytes ?? limits.BodyBytes} bytes.",
        429 or 503 => $"Try again after the seconds in Retry-After. Nothing was lost; send the same Idempotency-Key if you use one.",
        431 => "Send fewer or shorter headers.",
        500 => "It is not your fault. Tell the operator the traceId.",
        _ => "The request breaks the rules of HTTP; look at its address, headers and framing.",
    });

    // Routing answers 415 by an endpoint of its own, which does not know the media types any more.
    private string MediaTypes(HttpContext http)
    {
        var taken = http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? ShapeOf(http).Takes;
        return string.Join(", ", HttpMethods.IsPatch(http.Request.Method) && taken is ["application/json"] ? ["application/merge-patch+json", .. taken] : taken);
    }

    // As the router reads addresses: without regard to case.
    private ErrorShape ShapeOf(HttpContext http) =>
        Array.Find(shapes, one => http.Request.Path.StartsWithSegments(one.Prefix, StringComparison.OrdinalIgnoreCase)) ?? Native;

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
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Body(ProblemException failure)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = $"/problems#{failure.Problem.Code}",
            ["title"] = failure.Problem.Title,
            ["status"] = failure.Problem.Status,
            ["detail"] = failure.Message,
            ["code"] = failure.Problem.Code,
        };
        if (failure.Errors.Count > 0)
        {
            body["errors"] = failure.Errors;
        }

        foreach (var (name, value) in failure.Extensions)
        {
            body[name] = value;
        }

        body["traceId"] = Activity.Current?.TraceId.ToString() ?? "";
        return JsonSerializer.SerializeToUtf8Bytes(body, JsonText.Options);
    }
}

internal static partial class ErrorLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The database is away: {Kind}: {Reason}")]
    public static partial void DatabaseUnavailable(this ILogger log, string kind, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint} failed")]
    public static partial void Failed(this ILogger log, Exception failure, string? endpoint);
}
