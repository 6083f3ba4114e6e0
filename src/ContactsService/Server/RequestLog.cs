using System.Diagnostics;
using ContactsService.Access;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>
/// Logs one line per request: route, status, duration, caller. The route is the pattern, because addresses and queries contain contact
/// values.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, RequestMetrics metrics, ILogger<RequestLog> log)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>Runs the request and logs it: failures as errors, slow requests as warnings, others as information.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var begin = Stopwatch.GetTimestamp();
        await next(http);
        var time = Stopwatch.GetElapsedTime(begin);
        var method = http.Request.Method.Length <= 10 ? http.Request.Method : "?";
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        metrics.Record(http, method, route);
        var isSlow = time >= Slow && http.GetEndpoint()?.Metadata.GetMetadata<WaitsForCaller>() is null;
        var level = http.Response.StatusCode >= 500 ? LogLevel.Error : isSlow ? LogLevel.Warning : LogLevel.Information;
        if (log.IsEnabled(level))
        {
            var caller = http.Features.Get<Caller>();
            log.Request(
                level,
                method,
                route ?? "(no route)",
                http.Response.StatusCode,
                time.TotalMilliseconds,
                caller?.Organization,
                caller?.User);
        }
    }
}

internal static partial class RequestLogLines
{
    [LoggerMessage(Message = "{Method} {Route} {Status} in {Milliseconds:0.0} ms for {Organization}/{User}")]
    public static partial void Request(
        this ILogger log, LogLevel level, string method, string route, int status, double milliseconds, string? organization, string? user);
}
