using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using ContactsService.Access;
using ContactsService.Http;
using Microsoft.Extensions.Options;

namespace ContactsService.Genesys;

/// <summary>The section <c>Genesys</c> of the settings.</summary>
internal sealed class GenesysOptions
{
    /// <summary>True when PUT, POST and DELETE need the header that a GET returned.</summary>
    public bool CsrfProtection { get; init; }

    /// <summary>What the tokens are made with, the same for all instances; empty for the service's keys in the database.</summary>
    [RegularExpression(@"[\s\S]{32,}|", ErrorMessage = "It is empty, or has 32 characters or more")]
    public string CsrfKey { get; init; } = "";
}

/// <summary>
/// The vendor's protection against forged requests: a GET returns a session cookie and a token, and a write needs both. The service keeps
/// no sessions: the token is derived from the cookie and the caller (a signed double submit), so a cookie planted by an attacker is
/// useless.
/// </summary>
internal sealed class GenesysCsrf(IOptions<GenesysOptions> options, ServiceKeys serviceKeys)
{
    private const string Cookie = "JSESSIONID";
    private const string Header = "X-CSRF-TOKEN";
    private const string NameHeader = "X-CSRF-HEADER";
    private const string Purpose = "genesys csrf";

    private readonly bool isEnabled = options.Value.CsrfProtection;
    private readonly byte[]? configured = options.Value.CsrfKey.Length == 0
        ? null : SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.CsrfKey));

    /// <summary>The endpoint filter of the vendor's routes.</summary>
    /// <exception cref="ProblemException"><c>forbidden</c>: a write without the cookie or its token.</exception>
    public async ValueTask<object?> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (isEnabled && http.Features.Get<Caller>() is { } caller)
        {
            byte[][] keys = configured is null
                ? [.. (await serviceKeys.FindAsync(http.RequestAborted)).DeriveAll(Purpose)]
                : [configured];
            if (HttpMethods.IsGet(http.Request.Method))
            {
                Issue(http, caller, keys[0]);
            }
            else
            {
                Require(http, caller, keys);
            }
        }

        return await next(context);
    }

    private static void Issue(HttpContext http, Caller caller, byte[] key)
    {
        var session = http.Request.Cookies[Cookie];
        if (!IsSession(session))
        {
            session = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            http.Response.Cookies.Append(Cookie, session, new()
            {
                HttpOnly = true,
                IsEssential = true,
                Path = http.Request.PathBase + GenesysEndpoints.Path,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
        }

        http.Response.Headers[NameHeader] = Header;
        http.Response.Headers[Header] = Token(key, session!, caller);
    }

    private static void Require(HttpContext http, Caller caller, byte[][] keys)
    {
        var session = http.Request.Cookies[Cookie];
        var token = http.Request.Headers[Header].ToString();
        if (!IsSession(session)
            || !Array.Exists(keys, key => CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Token(key, session!, caller)), Encoding.UTF8.GetBytes(token))))
        {
            throw GenesysErrors.Refuse(Problems.Forbidden, GenesysErrors.Forbidden, "Missing or invalid Csrf token");
        }
    }

    private static bool IsSession(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigit);

    private static string Token(byte[] key, string session, Caller caller) => Convert.ToHexString(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{session}\n{caller.Organization}\n{caller.User}")));
}
