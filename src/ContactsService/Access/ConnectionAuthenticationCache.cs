using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;

namespace ContactsService.Access;

/// <summary>
/// Caches the last authenticated caller of each connection. Most connections send the same header again and again, and reading it each time
/// is a tenth of the work of a short answer.
/// </summary>
internal static class ConnectionAuthenticationCache
{
    private static readonly object Key = new();

    /// <summary>Skips authentication for requests that repeat the last valid header of their connection.</summary>
    public static void UseCallers(this WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<TokenCache>();
        // Otherwise ASP.NET Core adds the middleware once more, for all requests.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.Use(next =>
        {
            var authenticate = ((IApplicationBuilder)app).New().UseAuthentication().Use(_ => next).Build();
            return async http => await (await IsRecognizedAsync(http, tokens) ? next(http) : authenticate(http));
        });
    }

    /// <summary>Stores the header and its token for further requests on the connection.</summary>
    public static void Store(HttpContext http, string header, KnownToken token)
    {
        if (ItemsOf(http) is { } items)
        {
            items[Key] = new Entry(header, token);
        }
    }

    private static async ValueTask<bool> IsRecognizedAsync(HttpContext http, TokenCache tokens)
    {
        if (http.Request.Headers.Authorization is not [{ } header]
            || ItemsOf(http)?.TryGetValue(Key, out var last) != true
            || last is not Entry entry
            || !IsSame(entry.Header, header)
            || !await tokens.IsValidAsync(entry.Token, http.RequestAborted))
        {
            return false;
        }

        http.Features.Set(entry.Token);
        http.Features.Set(entry.Token.Caller);
        http.User = TokenScheme.Principal;
        return true;
    }

    // Behind a proxy, several callers share a connection. The comparison takes the same time for every header.
    private static bool IsSame(string first, string second) => CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(first.AsSpan()), MemoryMarshal.AsBytes(second.AsSpan()));

    // Requests of an HTTP/2 connection run concurrently, and the items of a connection are not safe for that.
    private static IDictionary<object, object?>? ItemsOf(HttpContext http) =>
        HttpProtocol.IsHttp11(http.Request.Protocol) ? http.Features.Get<IConnectionItemsFeature>()?.Items : null;

    private sealed record Entry(string Header, KnownToken Token);
}
