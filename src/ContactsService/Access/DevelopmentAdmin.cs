using System.Net;
using ContactsService.Http;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>
/// The caller of requests without a token, so that a developer can try the service: in Development, only while every listening address is
/// loopback, and only for requests that a program or a page of this machine has sent here itself.
/// </summary>
internal sealed class DevelopmentAdmin(IHostEnvironment environment, IOptions<AccessOptions> options, ListeningAddresses addresses)
{
    public const string Organization = "development";
    public const string User = "developer";

    // What proxies, tunnels and content delivery networks add, on this machine as well: by the beginning of the name.
    private static readonly string[] ForwardingHeaders =
    [
        "Forwarded", "X-Forwarded", "X-Original-", "X-Real-IP", "X-Client-", "X-Cluster-Client-IP", "X-ProxyUser", "X-Remote-", "X-Host",
        "X-Envoy-", "X-Azure-", "X-ARR-", "X-Amzn-", "X-Amz-Cf-", "X-Appengine-", "X-Tunnel-", "X-Vercel-", "Via", "Client-IP", "CF-",
        "CDN-", "True-Client-IP", "Fastly-", "Fly-", "Tailscale-", "Ngrok-", "Max-Forwards", "Proxy-",
    ];

    private readonly Caller developer = new(Organization, User, Role.Admin);

    /// <summary>True when there is a development admin.</summary>
    public bool Exists { get; } = environment.IsDevelopment() && options.Value.DevelopmentAdmin;

    /// <summary>True when requests without a token are accepted.</summary>
    public bool IsAllowed => Exists && addresses.AreLoopback;

    /// <summary>Returns the development admin; null when this request needs a token.</summary>
    public Caller? For(HttpContext http) => IsAllowed && IsFromHere(http.Connection) && IsDirect(http.Request) ? developer : null;

    private static bool IsFromHere(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private static bool IsDirect(HttpRequest request) =>
        ListeningAddresses.IsLoopback(request.Host.Host) // stops pages that resolve their own name to 127.0.0.1 (DNS rebinding)
        && !HttpProtocol.IsHttp10(request.Protocol) // as nginx forwards when it is not told otherwise, without any header
        && !request.Headers.Keys.Any(IsForwarding)
        && IsOwn(request, request.Headers.Origin)
        && IsOwn(request, request.Headers.Referer)
        && request.Headers["Sec-Fetch-Site"].ToString() is "" or "none" or "same-origin";

    private static bool IsForwarding(string header) =>
        Array.Exists(ForwardingHeaders, start => header.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    // Some routes answer pages of any origin, which must send a token.
    private static bool IsOwn(HttpRequest request, string? address) =>
        string.IsNullOrEmpty(address)
        || (Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && ListeningAddresses.IsLoopback(uri.Host)
            && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
