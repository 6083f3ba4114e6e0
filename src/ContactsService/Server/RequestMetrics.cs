using System.Diagnostics;
using System.Diagnostics.Metrics;
using ContactsService.Http;

namespace ContactsService.Server;

/// <summary>Counts requests, and names their spans; <c>docs/operating.md</c> lists the metrics.</summary>
internal sealed class RequestMetrics(IEnumerable<ApiName> apis)
{
    private const string Native = "native";

    private static readonly Meter Source = new("ContactsService.Requests");

    private static readonly Counter<long> Requests = Source.CreateCounter<long>("contacts.requests", "{request}", "Answered requests.");

    private static readonly Counter<long> Conflicts =
        Source.CreateCounter<long>("contacts.conflicts", "{request}", "Requests that met somebody else's change: 409 and 412.");

    private readonly ApiName[] apis = [.. apis];

    /// <summary>Notes an answered request. The route is the pattern: addresses and queries carry contact values.</summary>
    public void Record(HttpContext http, string method, string? route)
    {
        var status = http.Response.StatusCode;
        if (Requests.Enabled)
        {
            var tags = new TagList { { "api", ApiOf(route) }, { "method", method }, { "status", status } };
            Requests.Add(1, tags);
            if (status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
            {
                Conflicts.Add(1, tags);
            }
        }

        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            // https://opentelemetry.io/docs/specs/semconv/http/http-spans/
            span.DisplayName = route is null ? method : $"{method} {route}";
            span.SetTag("http.request.method", method);
            span.SetTag("http.route", route);
            span.SetTag("http.response.status_code", status);
            if (status >= 500)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }

    private string ApiOf(string? route)
    {
        var path = new PathString($"/{route?.TrimStart('/')}");
        return Array.Find(apis, api => path.StartsWithSegments(api.Prefix, StringComparison.OrdinalIgnoreCase))?.Name ?? Native;
    }
}
