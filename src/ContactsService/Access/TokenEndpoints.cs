using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ContactsService.Http;

namespace ContactsService.Access;

internal static class TokenEndpoints
{
    private static readonly DescribedParameter UserParameter = new("user", "The user whose tokens are revoked.");

    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/tokens").WithTags("Tokens").WithMetadata(new InScope(ScopeAreas.Tokens));
        tokens.MapGet("", ListAsync).Named("listTokens").Produces<TokenList>(200).Problems(400, 401, 403, 406, 429, 503);
        tokens.MapPost("", IssueAsync).Named("createToken").AcceptsJson<TokenDraft>()
            .Produces<IssuedToken>(201).SendsLocation().Idempotent()
            .Problems(400, 401, 403, 406, 408, 413, 415, 422, 429, 503);
        tokens.MapDelete("", RevokeAllAsync).Named("deleteTokensOfUser").WithMetadata(UserParameter)
            .Produces(204).Problems(400, 401, 403, 406, 429, 503);
        tokens.MapDelete("/{tokenId}", RevokeAsync).Named("deleteToken").Produces(204).Problems(400, 401, 403, 404, 406, 429, 503);
        tokens.MapPost("/{tokenId}/rotate", RotateAsync).Named("rotateToken").AcceptsJson<TokenRotation>()
            .WithMetadata(new OptionalBody()).Produces<IssuedToken>(201).SendsLocation().Idempotent()
            .Problems(400, 401, 403, 404, 406, 408, 413, 415, 422, 429, 503);
    }

    /// <summary>Lists tokens</summary>
    /// <remarks>
    /// Admins see all tokens of their organization, others their own: also those that an admin has issued for them, with who did it and
    /// when. The list does not contain the secrets, which are shown only once, when a token is issued.
    /// </remarks>
    private static async Task<Answer> ListAsync(Caller caller, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        var tokens = await writer.ListAsync(caller.Organization, caller.Role == Role.Admin ? null : caller.User, cancellationToken);
        return new Answer(StatusCodes.Status200OK, JsonText.Bytes(new TokenList([.. tokens.Select(TokenView.Of)])));
    }

    /// <summary>Issues a token</summary>
    /// <remarks>For admins. Only this answer contains the token itself.</remarks>
    private static async Task<Answer> IssueAsync(Caller caller, JsonBody body, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("issue tokens");
        return Issued(await writer.IssueAsync(caller.Organization, caller, TokenDraft.Read(body), cancellationToken));
    }

    /// <summary>Replaces the secret of a token</summary>
    /// <remarks>
    /// For admins, and for agents with a token of their own. The answer is a new token with the same user, role and scopes. It lives as
    /// long as the old one was issued for; one that an agent has asked for ends when the old one was to end. The old one works for
    /// `overlapSeconds` more, so that it can be replaced wherever it is used.
    /// </remarks>
    /// <param name="tokenId">The token's id, as listed.</param>
    private static async Task<Answer> RotateAsync(
        Caller caller, string tokenId, JsonBody body, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        var overlap = TokenRotation.Read(body);
        var id = await RequireOwnAsync(caller, tokenId, "rotate tokens of others", writer, cancellationToken);
        return Issued(await writer.RotateAsync(caller, id, overlap, cancellationToken) ?? throw Unknown());
    }

    /// <summary>Revokes a token</summary>
    /// <remarks>For the user of the token and for admins. The token stops working immediately, on all instances.</remarks>
    /// <param name="tokenId">The token's id, as listed.</param>
    private static async Task<Answer> RevokeAsync(Caller caller, string tokenId, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        var id = await RequireOwnAsync(caller, tokenId, "revoke tokens of others", writer, cancellationToken);
        return await writer.RevokeAsync(caller.Organization, id, cancellationToken) ? Answer.NoContent() : throw Unknown();
    }

    /// <summary>Revokes all tokens of a user</summary>
    /// <remarks>
    /// For admins. They stop working immediately, on all instances, and so do the tokens that an identity provider has issued to the user
    /// until now.
    /// </remarks>
    private static async Task<Answer> RevokeAllAsync(
        HttpRequest request, Caller caller, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        caller.RequireAdmin("revoke all tokens of a user");
        if (request.Query["user"] is not [{ } user] || !TextLimits.IsId(user))
        {
            throw MemberErrors.Of("user", $"Write DELETE /tokens?user=<user>. {TextLimits.IdRule}");
        }

        await writer.RevokeAllAsync(caller.Organization, user, cancellationToken);
        return Answer.NoContent();
    }

    private static async Task<Guid> RequireOwnAsync(
        Caller caller, string tokenId, string operation, ApiTokenWriter writer, CancellationToken cancellationToken)
    {
        var isId = Guid.TryParseExact(tokenId, "D", out var id);
        if (caller.Role != Role.Admin && !(isId && await writer.IsOwnAsync(caller, id, cancellationToken)))
        {
            caller.RequireAdmin(operation);
        }

        return isId ? id : throw Unknown();
    }

    private static Answer Issued((ApiToken Token, string Secret) issued) =>
        new(StatusCodes.Status201Created, JsonText.Bytes(IssuedToken.Of(issued.Token, issued.Secret)))
        {
            Location = $"/tokens/{issued.Token.TokenId}",
        };

    private static ProblemException Unknown() => ProblemException.NotFound("token");
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

    /// <summary>What it is limited to; absent for everything that the role may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The user who has issued it; absent when the operator has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IssuedBy { get; init; }

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
        Scopes = token.Scopes,
        IssuedBy = token.IssuedBy,
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
            Scopes = view.Scopes,
            IssuedBy = view.IssuedBy,
            Name = view.Name,
            Created = view.Created,
            Expires = view.Expires,
        };
    }
}
