using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ContactsService.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>Reads <c>Authorization: Bearer</c> with an opaque token (RFC 6750, 2.1).</summary>
internal sealed class TokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenCache tokens,
    DevelopmentAdmin developmentAdmin) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme, as in the header.</summary>
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
            return AuthenticateResult.Fail("There is no bearer token.");
        }

        var token = await tokens.FindAsync(value["Bearer ".Length..].Trim(), Context.RequestAborted);
        if (token is null)
        {
            return AuthenticateResult.Fail("The token is not known.");
        }

        ConnectionAuthenticationCache.Store(Context, value, token);
        return Succeed(token.Caller);
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized; // the error writer does the rest
        return Task.CompletedTask;
    }

    private AuthenticateResult Succeed(Caller caller)
    {
        Context.Features.Set(caller);
        return AuthenticateResult.Success(new AuthenticationTicket(Principal, Name));
    }

    // Handlers take the Caller; ASP.NET Core only needs to see that there is one.
    internal static readonly ClaimsPrincipal Principal = new(new ClaimsIdentity(Name));
}

/// <summary>
/// Lets a developer try the service without a token: in Development, and only while every address it listens on is
/// loopback, so that nobody else can.
/// </summary>
internal sealed class DevelopmentAdmin(IHostEnvironment environment, IOptions<AccessOptions> options, ListeningAddresses addresses)
{
    private readonly Caller developer = new("development", "developer", Role.Admin);
    private readonly bool allowed = environment.IsDevelopment() && options.Value.DevelopmentAdmin;

    /// <summary>True when requests without a token are let in.</summary>
    public bool IsAllowed => allowed && addresses.AreLoopback;

    /// <summary>The development admin, or null when this request has to carry a token.</summary>
    public Caller? For(HttpContext http) =>
        // The host name stops pages that point a name of their own at 127.0.0.1 (DNS rebinding).
        IsAllowed && IsLoopback(http.Connection.RemoteIpAddress) && ListeningAddresses.IsLoopback(http.Request.Host.Host) && !IsOfAnotherSite(http.Request)
            ? developer : null;

    // Some routes answer pages of any site, which have to bring a token; and a proxy on this machine speaks for others.
    private static bool IsOfAnotherSite(HttpRequest request) =>
        request.Headers.ContainsKey("Forwarded")
        || request.Headers.ContainsKey("X-Forwarded-For")
        || request.Headers.Origin is { Count: > 0 } origin
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var site) && ListeningAddresses.IsLoopback(site.Host) && site.Authority == request.Host.Value);

    private static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);
}
