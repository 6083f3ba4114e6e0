using System.Security.Claims;
using System.Text.Encodings.Web;
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
