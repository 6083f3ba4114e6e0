using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ContactsService.Http;

namespace ContactsService.Access;

internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/tokens").WithTags("Tokens");
        tokens.MapGet("", ListAsync).Named("listTokens").Produces<TokenList>(200).Problems(400, 401, 403, 406, 429, 503);
        tokens.MapPost("", IssueAsync).Named("createToken").AcceptsJson<TokenDraft>()
            .Produces<IssuedToken>(201).SendsLocation().Idempotent()
            .Problems(400, 401, 403, 406, 408, 413, 415, 422, 429, 503);
        tokens.MapDelete("/{tokenId}", RevokeAsync).Named("deleteToken").Produces(204).Problems(400, 401, 403, 404, 406, 429, 503);
    }

    /// <summary>Lists the organization's tokens</summary>
    /// <remarks>For admins. The list does not contain the secrets, which are shown only once, when a token is issued.</remarks>
    private static async Task<Answer> ListAsync(Caller caller, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("see tokens");
        var tokens = await writer.ListAsync(caller.Organization, cancellationToken);
        return new Answer(StatusCodes.Status200OK, JsonText.Bytes(new TokenList([.. tokens.Select(TokenView.Of)])));
    }

    /// <summary>Issues a token</summary>
    /// <remarks>For admins. Only this answer contains the token itself.</remarks>
    private static async Task<Answer> IssueAsync(Caller caller, JsonBody body, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("issue tokens");
        var (token, secret) = await writer.IssueAsync(caller.Organization, TokenDraft.Read(body), cancellationToken);
        return new Answer(StatusCodes.Status201Created, JsonText.Bytes(IssuedToken.Of(token, secret)))
        {
            Location = $"/tokens/{token.TokenId}",
        };
    }

    /// <summary>Revokes a token</summary>
    /// <remarks>For admins. The token stops working immediately on this instance, within a few seconds on others.</remarks>
    /// <param name="tokenId">The token's id, as listed.</param>
    private static async Task<Answer> RevokeAsync(Caller caller, string tokenId, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("revoke tokens");
        return Guid.TryParseExact(tokenId, "D", out var id) && await writer.RevokeAsync(caller.Organization, id, cancellationToken)
            ? Answer.NoContent()
            : throw ProblemException.NotFound("token");
    }
}

/// <summary>The tokens of an organization.</summary>
/// <param name="Tokens">Oldest first.</param>
internal sealed record TokenList(IReadOnlyList<TokenView> Tokens);

/// <summary>A token without its secret.</summary>
internal record TokenView
{
    /// <summary>The id for revoking it.</summary>
    public required Guid TokenId { get; init; }

    /// <summary>The organization that it gives access to.</summary>
    public required string Organization { get; init; }

    /// <summary>The user that it represents.</summary>
    public required string User { get; init; }

    /// <summary>agent or admin.</summary>
    [AllowedValues("agent", "admin")]
    public required string Role { get; init; }

    /// <summary>Its description; absent when not set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>When it was issued, UTC.</summary>
    [DataType(DataType.DateTime)]
    public required string Created { get; init; }

    /// <summary>When it ends, UTC.</summary>
    [DataType(DataType.DateTime)]
    public required string Expires { get; init; }

    /// <summary>When it was last used, UTC, to the minute; absent when never.</summary>
    [DataType(DataType.DateTime)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastUsed { get; init; }

    public static TokenView Of(ApiToken token) => new()
    {
        TokenId = token.TokenId,
        Organization = token.Organization,
        User = token.UserId,
        Role = token.Role,
        Name = token.Name,
        Created = Timestamps.Text(token.Created),
        Expires = Timestamps.Text(token.Expires),
        LastUsed = token.LastUsed is { } used ? Timestamps.Text(used) : null,
    };
}

/// <summary>A new token.</summary>
internal sealed record IssuedToken : TokenView
{
    /// <summary>The token itself, for the header <c>Authorization: Bearer</c>. It is not shown again.</summary>
    public required string Token { get; init; }

    public static IssuedToken Of(ApiToken token, string secret)
    {
        var view = TokenView.Of(token);
        return new()
        {
            TokenId = view.TokenId,
            Token = secret,
            Organization = view.Organization,
            User = view.User,
            Role = view.Role,
            Name = view.Name,
            Created = view.Created,
            Expires = view.Expires,
        };
    }
}
