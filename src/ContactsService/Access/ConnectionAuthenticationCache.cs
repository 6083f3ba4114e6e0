using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;

namespace ContactsService.Access;

/// <summary>
/// Who spoke last on a connection. Most connections bring the same header again and again; to read it anew each time is a
/// tenth of the work of a short answer.
/// </summary>
internal static class ConnectionAuthenticationCache
{
    private static readonly object Key = new();

    /// <summary>Authenticates the requests whose connection's last caller they are from; the others as usual.</summary>
    public static void UseCallers(this WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<TokenCache>();
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true; // or ASP.NET Core adds it once more, for all
        app.UseWhen(http => !IsRecognized(http, tokens), unrecognized => unrecognized.UseAuthentication());
    }

    /// <summary>Remembers whose header it is, until the token's time is over.</summary>
    public static void Store(HttpContext http, string header, KnownToken token)
    {
        if (ItemsOf(http) is { } items)
        {
            items[Key] = new Spoken(header, token);
        }
    }

    private static bool IsRecognized(HttpContext http, TokenCache tokens)
    {
        if (http.Request.Headers.Authorization is not [{ } header]
            || ItemsOf(http)?.TryGetValue(Key, out var last) != true
            || last is not Spoken spoken
            || !IsSame(spoken.Header, header)
            || !tokens.IsValid(spoken.Token))
        {
            return false;
        }

        http.Features.Set(spoken.Token.Caller);
        http.User = TokenScheme.Principal;
        return true;
    }

    // Behind a proxy, many share a connection: the time this takes tells nothing about somebody else's token.
    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(one.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));

    // The requests of a connection of HTTP/2 run at the same time, which its items are not made for.
    private static IDictionary<object, object?>? ItemsOf(HttpContext http) =>
        HttpProtocol.IsHttp11(http.Request.Protocol) ? http.Features.Get<IConnectionItemsFeature>()?.Items : null;

    private sealed record Spoken(string Header, KnownToken Token);
}
