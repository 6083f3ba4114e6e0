using System.ComponentModel.DataAnnotations;

namespace ContactsService.Access.Oidc;

/// <summary>A section <c>Oidc:Issuers:0</c> of the settings: an identity provider whose access tokens are taken.</summary>
internal sealed class OidcIssuer
{
    private const string ListRule = "It is a list of names with commas between";
    private const string NameRule = "It is a name of 1 to 200 characters";

    /// <summary>The issuer, exactly as in its tokens; its metadata is below it. https, or http on this machine.</summary>
    [RegularExpression(
        @"https://[^\s?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(/[^\s?#]*)?",
        ErrorMessage = "It is an https address without a query")]
    public string Issuer { get; init; } = "";

    /// <summary>The audiences that a token may be for.</summary>
    [RegularExpression(@"[^\s,]+(,[^\s,]+)*", ErrorMessage = ListRule)]
    public string Audiences { get; init; } = "";

    /// <summary>The only organization of its users; empty when <see cref="OrganizationClaim"/> names it.</summary>
    [RegularExpression(@"[A-Za-z0-9._~-]{0,128}", ErrorMessage = "It is an id of 1 to 128 characters of A–Z a–z 0–9 - . _ ~")]
    public string Organization { get; init; } = "";

    /// <summary>The claim that names the organization; empty when there is only one.</summary>
    [RegularExpression(@"\S{0,200}", ErrorMessage = NameRule)]
    public string OrganizationClaim { get; init; } = "";

    /// <summary>The organizations that <see cref="OrganizationClaim"/> may name.</summary>
    [RegularExpression(@"([A-Za-z0-9._~-]{1,128}(,[A-Za-z0-9._~-]{1,128})*)?", ErrorMessage = ListRule)]
    public string Organizations { get; init; } = "";

    /// <summary>The claim with the user.</summary>
    [RegularExpression(@"\S{1,200}", ErrorMessage = NameRule)]
    public string UserClaim { get; init; } = "sub";

    /// <summary>The claim with the roles.</summary>
    [RegularExpression(@"\S{1,200}", ErrorMessage = NameRule)]
    public string RoleClaim { get; init; } = "roles";

    /// <summary>The roles of admins; empty: nobody is one.</summary>
    [RegularExpression(@"([^\s,]+(,[^\s,]+)*)?", ErrorMessage = ListRule)]
    public string AdminRoles { get; init; } = "";

    /// <summary>The roles of agents; empty: everybody else is one.</summary>
    [RegularExpression(@"([^\s,]+(,[^\s,]+)*)?", ErrorMessage = ListRule)]
    public string AgentRoles { get; init; } = "";

    /// <summary>The claim with the scopes. Those of this service limit the token; without any of them it is not limited.</summary>
    [RegularExpression(@"\S{1,200}", ErrorMessage = NameRule)]
    public string ScopeClaim { get; init; } = "scope";

    /// <summary>True to refuse tokens without any scope of this service.</summary>
    public bool RequireScopes { get; init; }

    /// <summary>The algorithms that a token may be signed with.</summary>
    [RegularExpression(
        @"(RS|PS|ES)(256|384|512)(,(RS|PS|ES)(256|384|512))*",
        ErrorMessage = "It is a list of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512 with commas between")]
    public string Algorithms { get; init; } = "RS256,PS256,ES256";

    /// <summary>True when its tokens follow RFC 9068: type at+jwt, with sub, client_id, iat and jti.</summary>
    public bool Rfc9068 { get; init; } = true;

    /// <summary>How far its clock may be from this one, in seconds, 0 to 300.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; init; } = 30;

    /// <summary>The least time between two reads of its keys for tokens with a key that is not known, in seconds, 1 to 3600.</summary>
    [Range(1, 3600)]
    public int KeyRefreshSeconds { get; init; } = 30;

    /// <summary>The client that Swagger UI logs in as, by authorization code and PKCE; empty for none.</summary>
    [RegularExpression(@"\S{0,200}", ErrorMessage = NameRule)]
    public string ClientId { get; init; } = "";

    /// <summary>The scopes that Swagger UI asks for.</summary>
    [RegularExpression(@"([^\s,]+(,[^\s,]+)*)?", ErrorMessage = ListRule)]
    public string ClientScopes { get; init; } = "openid";

    /// <summary>Where its metadata is (OpenID Connect Discovery 1.0, 4.1).</summary>
    public string MetadataAddress => $"{Issuer.TrimEnd('/')}/.well-known/openid-configuration";

    /// <summary>The entries of a list.</summary>
    public static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
