using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using ContactsService.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ContactsService.Genesys;

/// <summary>
/// Authenticates <c>Authorization: Basic</c> (RFC 7617), as the vendor's clients send it: the password is a token, the user name is its
/// user.
/// </summary>
internal sealed class GenesysScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenCache tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "GenesysBasic";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly ClaimsPrincipal Principal = new(new ClaimsIdentity(Name));

    /// <summary>Returns this scheme for a request with a password under the vendor's path; null for the default scheme.</summary>
    public static string? Of(HttpContext http) =>
        http.Request.Path.StartsWithSegments(GenesysEndpoints.Path, StringComparison.OrdinalIgnoreCase)
        && http.Request.Headers.Authorization is [{ } header]
        && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            ? Name : null;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Read(Request.Headers.Authorization.ToString()) is not var (user, password))
        {
            return AuthenticateResult.Fail("The Authorization header has no user name and password.");
        }

        var token = await tokens.FindAsync(password, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        if (token is null || token.Caller.User != user)
        {
            return AuthenticateResult.Fail("The token is unknown or belongs to another user.");
        }

        Context.Features.Set(token.Caller);
        return AuthenticateResult.Success(new AuthenticationTicket(Principal, Name));
    }

    private static (string User, string Password)? Read(string header)
    {
        try
        {
            var credentials = StrictUtf8.GetString(Convert.FromBase64String(AuthenticationHeaderValue.Parse(header).Parameter ?? ""));
            var colon = credentials.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : (credentials[..colon], credentials[(colon + 1)..]);
        }
        catch (Exception invalid) when (invalid is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
