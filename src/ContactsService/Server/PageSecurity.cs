using ContactsService.Access.Oidc;

namespace ContactsService.Server;

/// <summary>The headers of the Swagger pages: nothing but what they need may be loaded, and nobody may frame them.</summary>
internal static class PageSecurity
{
    public static void UsePageSecurity(this IApplicationBuilder pages, OidcIssuers issuers)
    {
        // Where an issuer has its endpoints stands in its metadata, which only the page reads.
        string[] logins = OpenApi.LoginsOf(issuers).Any() ? ["https:", .. issuers.All.Select(OriginOf)] : [];
        var policy = string.Join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            $"connect-src {string.Join(' ', logins.Prepend("'self'").Distinct(StringComparer.Ordinal))}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
        pages.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY"; // for browsers that do not know frame-ancestors
                headers["Referrer-Policy"] = "no-referrer";
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    private static string OriginOf(OidcIssuer issuer) => new Uri(issuer.Issuer).GetLeftPart(UriPartial.Authority);
}
