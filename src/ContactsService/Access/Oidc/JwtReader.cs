using System.Text.Json;
using ContactsService.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ContactsService.Access.Oidc;

/// <summary>What a valid token says.</summary>
/// <param name="Caller">The caller that it represents.</param>
/// <param name="Issued">When it was issued, UTC.</param>
/// <param name="Expires">When it expires, UTC; with the clock skew.</param>
internal sealed record JwtIdentity(Caller Caller, DateTime Issued, DateTime Expires);

/// <summary>Reads access tokens of identity providers (RFC 7519, RFC 8725, RFC 9068). Safe for any number of threads.</summary>
internal sealed class JwtReader
{
    /// <summary>The client for the metadata of issuers.</summary>
    public const string HttpClientName = "oidc";

    private static readonly string[] Rfc9068Types = ["at+jwt", "application/at+jwt"];
    private static readonly string[] OtherTypes = ["at+jwt", "application/at+jwt", "JWT"];
    private static readonly string[] Rfc9068Claims = ["sub", "client_id", "iat", "jti"];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly Dictionary<string, (OidcIssuer Issuer, IssuerKeys Keys)> issuers;

    public JwtReader(OidcIssuers all, IHttpClientFactory clients, ILogger<IssuerKeys> log) => issuers = all.All.ToDictionary(
        issuer => issuer.Issuer,
        issuer => (issuer, new IssuerKeys(issuer, clients.CreateClient(HttpClientName), log)),
        StringComparer.Ordinal);

    /// <summary>True for a text that may be such a token: three parts, the last of which may be empty.</summary>
    public bool IsAsked(string text) => issuers.Count > 0 && text.AsSpan().Count('.') == 2;

    /// <summary>Reads a token; null when it is not valid here.</summary>
    /// <exception cref="ProblemException"><c>unavailable</c>: the keys of its issuer could never be read.</exception>
    public async Task<JwtIdentity?> ReadAsync(string text, CancellationToken cancellationToken)
    {
        // Only of the issuer that it names, and only with that issuer's keys.
        if (!handler.CanReadToken(text) || Parse(text) is not { } token || !issuers.TryGetValue(token.Issuer, out var known))
        {
            return null;
        }

        var (issuer, source) = known;
        // RFC 7515, 4.1.11: none of the extensions is understood here.
        if (token.TryGetHeaderValue<object>("crit", out _)
            || !OidcIssuer.List(issuer.Algorithms).Contains(token.Alg, StringComparer.Ordinal))
        {
            return null;
        }

        var keys = await source.FindAsync(cancellationToken);
        var result = await ValidateAsync(token, issuer, keys);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await source.RefreshAsync(keys, cancellationToken))
        {
            result = await ValidateAsync(token, issuer, await source.FindAsync(cancellationToken));
        }

        return result.IsValid ? Identify(token, issuer) : null;
    }

    private static JsonWebToken? Parse(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or JsonException or SecurityTokenException)
        {
            return null;
        }
    }

    private Task<TokenValidationResult> ValidateAsync(JsonWebToken token, OidcIssuer issuer, IEnumerable<SecurityKey> keys) =>
        handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudiences = OidcIssuer.List(issuer.Audiences),
            ValidAlgorithms = OidcIssuer.List(issuer.Algorithms),
            // Without a type it is valid only where the issuer is known not to follow the RFC.
            ValidTypes = issuer.Rfc9068 ? Rfc9068Types : token.Typ is null or "" ? null : OtherTypes,
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = string.IsNullOrEmpty(token.Kid),
            ClockSkew = TimeSpan.FromSeconds(issuer.ClockSkewSeconds),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        });

    private static JwtIdentity? Identify(JsonWebToken token, OidcIssuer issuer)
    {
        var claims = new JwtClaims(token);
        if (issuer.Rfc9068 && !Array.TrueForAll(Rfc9068Claims, claims.Has))
        {
            return null;
        }

        var organization = issuer.Organization.Length > 0 ? issuer.Organization : claims.Text(issuer.OrganizationClaim);
        var user = claims.Text(issuer.UserClaim);
        if (organization is null || !TextLimits.IsId(user) || user == organization
            || (issuer.Organization.Length == 0 && !OidcIssuer.List(issuer.Organizations).Contains(organization, StringComparer.Ordinal))
            || RoleOf(claims.Words(issuer.RoleClaim), issuer) is not { } role)
        {
            return null;
        }

        var scopes = claims.Words(issuer.ScopeClaim).Intersect(Scopes.All, StringComparer.Ordinal).ToList();
        if (scopes.Count == 0 && issuer.RequireScopes)
        {
            return null;
        }

        return new(
            new Caller(organization, user!, role, scopes.Count == 0 ? null : scopes),
            token.IssuedAt,
            token.ValidTo.AddSeconds(issuer.ClockSkewSeconds));
    }

    private static Role? RoleOf(IReadOnlyCollection<string> roles, OidcIssuer issuer) =>
        OidcIssuer.List(issuer.AdminRoles).Any(roles.Contains) ? Role.Admin
        : issuer.AgentRoles.Length == 0 || OidcIssuer.List(issuer.AgentRoles).Any(roles.Contains) ? Role.Agent
        : null;
}
