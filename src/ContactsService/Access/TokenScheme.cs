using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ContactsService.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>Authenticates opaque bearer tokens (RFC 6750, 2.1).</summary>
internal sealed class TokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenCache tokens,
    DevelopmentAdmin developmentAdmin) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return developmentAdmin.For(Context) is { } developer ? Succeed(developer) : AuthenticateResult.NoResult();
        }

        var value = header.Count == 1 ? header.ToString() : "";
        if (!value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail("The Authorization header has no bearer token.");
        }

        var token = await tokens.FindAsync(value["Bearer ".Length..].Trim(), Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (token is null)
        {
            return AuthenticateResult.Fail("The token is unknown.");
        }

        ConnectionAuthenticationCache.Store(Context, value, token);
        Context.Features.Set(token);
        return Succeed(token.Caller);
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized; // ErrorWriter writes the body
        return Task.CompletedTask;
    }

    private AuthenticateResult Succeed(Caller caller)
    {
        Context.Features.Set(caller);
        return AuthenticateResult.Success(new AuthenticationTicket(Principal, Name));
    }

    // Handlers take the Caller. ASP.NET Core only needs an authenticated principal.
    internal static readonly ClaimsPrincipal Principal = new(new ClaimsIdentity(Name));
}

/// <summary>
/// The caller of requests without a token, so that a developer can try the service: in Development, and only while every listening address
/// is loopback, so that no other machine can connect.
/// </summary>
internal sealed class DevelopmentAdmin(IHostEnvironment environment, IOptions<AccessOptions> options, ListeningAddresses addresses)
{
    private readonly Caller developer = new("development", "developer", Role.Admin);
    private readonly bool allowed = environment.IsDevelopment() && options.Value.DevelopmentAdmin;

    /// <summary>True when requests without a token are accepted.</summary>
    public bool IsAllowed => allowed && addresses.AreLoopback;

    /// <summary>Returns the development admin; null when this request needs a token.</summary>
    public Caller? For(HttpContext http)
    {
        var isLocal = IsAllowed
            && IsLoopback(http.Connection.RemoteIpAddress)
            && ListeningAddresses.IsLoopback(http.Request.Host.Host) // stops pages that resolve their own name to 127.0.0.1 (DNS rebinding)
            && !IsFromOtherOrigin(http.Request);
        return isLocal ? developer : null;
    }

    // Some routes answer pages of any origin, which must send a token. A proxy on this machine forwards requests of others.
    private static bool IsFromOtherOrigin(HttpRequest request) =>
        request.Headers.ContainsKey("Forwarded")
        || request.Headers.ContainsKey("X-Forwarded-For")
        || request.Headers.Origin is { Count: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && ListeningAddresses.IsLoopback(uri.Host)
            && uri.Authority == request.Host.Value);

    private static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);
}
