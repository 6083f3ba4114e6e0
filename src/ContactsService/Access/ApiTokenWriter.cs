using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Access;

/// <summary>Issues, lists, rotates and revokes the tokens of an organization.</summary>
internal sealed class ApiTokenWriter(BookTransaction transaction, UserAccessWriter access, Clock clock)
{
    /// <summary>Issues a token. Only this result contains the secret.</summary>
    /// <param name="organization">The organization that it gives access to.</param>
    /// <param name="issuer">The caller who issues it; null for the operator.</param>
    /// <param name="draft">The token.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>insufficient-scope</c>.</exception>
    public async Task<(ApiToken Token, string Secret)> IssueAsync(
        string organization, Caller? issuer, TokenDraft draft, CancellationToken cancellationToken)
    {
        DraftValidation.Require(new TokenRules(organization), draft);
        RequireScopes(issuer, draft.Scopes);
        var now = clock.Now;
        await transaction.BeginAsync(cancellationToken);
        await RequireAccessAsync(organization, draft.User!, cancellationToken);
        var token = New(organization, draft.User!, draft.Role!, now, now.AddDays(draft.Days ?? TokenRules.DefaultDays));
        token.Row.Name = draft.Name;
        token.Row.Scopes = draft.Scopes?.ToArray();
        token.Row.IssuedBy = issuer?.User;
        transaction.Db.Add(token.Row);
        await transaction.SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>All tokens of the organization, oldest first, the expired ones too.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="user">Only those of this user; null for all.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<List<ApiToken>> ListAsync(string organization, string? user, CancellationToken cancellationToken) =>
        transaction.Db.Set<ApiToken>().AsNoTracking()
            .Where(token => token.Organization == organization && (user == null || token.UserId == user))
            .OrderBy(token => token.Created).ThenBy(token => token.TokenId)
            .ToListAsync(cancellationToken);

    /// <summary>Replaces the secret of a token. The old one works for a while yet.</summary>
    /// <param name="caller">Who asks: an admin, or an agent whose own it is.</param>
    /// <param name="tokenId">The token.</param>
    /// <param name="overlap">How long the old secret works, unless it expires before.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The new token; null when there is no such token.</returns>
    /// <exception cref="ProblemException"><c>insufficient-scope</c>.</exception>
    public async Task<(ApiToken Token, string Secret)?> RotateAsync(
        Caller caller, Guid tokenId, TimeSpan overlap, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await transaction.BeginAsync(cancellationToken);
        var old = await Locked(caller.Organization, tokenId).SingleOrDefaultAsync(token => token.Expires > now, cancellationToken);
        if (old is null || !MayRotate(caller, old))
        {
            return null;
        }

        RequireScopes(caller, old.Scopes);
        // Whoever has stolen a token of an agent cannot make it last.
        var expires = caller.Role == Role.Admin ? now + (old.Expires - old.Created) : old.Expires;
        var token = New(old.Organization, old.UserId, old.Role, now, expires);
        token.Row.Name = old.Name;
        token.Row.Scopes = old.Scopes;
        token.Row.IssuedBy = caller.User;
        transaction.Db.Add(token.Row);
        old.Expires = old.Expires < now + overlap ? old.Expires : now + overlap;
        await transaction.SaveAsync(cancellationToken);
        await transaction.RunAsync(cancellationToken, UserAccessWriter.Raise(caller.Organization));
        await transaction.CommitAsync(cancellationToken);
        return token;
    }

    /// <summary>Revokes a token, on all instances at once.</summary>
    /// <returns>False when the organization has no such token.</returns>
    public async Task<bool> RevokeAsync(string organization, Guid tokenId, CancellationToken cancellationToken)
    {
        await transaction.BeginAsync(cancellationToken);
        var deleted = await transaction.Db.Set<ApiToken>()
            .Where(token => token.Organization == organization && token.TokenId == tokenId)
            .ExecuteDeleteAsync(CancellationToken.None);
        await transaction.RunAsync(cancellationToken, UserAccessWriter.Raise(organization));
        await transaction.CommitAsync(cancellationToken);
        return deleted > 0;
    }

    /// <summary>Revokes all tokens of a user, on all instances at once.</summary>
    public async Task RevokeAllAsync(string organization, string user, CancellationToken cancellationToken)
    {
        await transaction.BeginAsync(cancellationToken);
        await access.RevokeAsync(organization, user, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>True when the token is the caller's own.</summary>
    public Task<bool> IsOwnAsync(Caller caller, Guid tokenId, CancellationToken cancellationToken) =>
        transaction.Db.Set<ApiToken>().AnyAsync(
            token => token.Organization == caller.Organization && token.TokenId == tokenId && token.UserId == caller.User,
            cancellationToken);

    // An agent may be given a token with more rights, and must not get them by rotating it.
    private static bool MayRotate(Caller caller, ApiToken token) =>
        caller.Role == Role.Admin || (token.UserId == caller.User && Roles.Find(token.Role) == caller.Role);

    private IQueryable<ApiToken> Locked(string organization, Guid tokenId) => transaction.Db.Set<ApiToken>()
        .FromSql($"SELECT * FROM api_token WHERE organization = {organization} AND token_id = {tokenId} FOR UPDATE").AsTracking();

    // A token for a user without access would look like one that works.
    private async Task RequireAccessAsync(string organization, string user, CancellationToken cancellationToken)
    {
        var name = UserAccess.NameOf(user);
        if (await transaction.Db.Set<UserAccess>().AnyAsync(
            row => row.Organization == organization && row.UserName == name && row.Ended != null, cancellationToken))
        {
            throw MemberErrors.Of("user", "The directory has deactivated or deleted this user. Activate the user there first.");
        }
    }

    // Who may do little cannot make a token that may do more.
    private static void RequireScopes(Caller? issuer, IReadOnlyList<string>? scopes)
    {
        issuer?.Need(scopes ?? [Scopes.Unlimited]);
        if (issuer is not null && !Scopes.Include(issuer.Scopes, scopes))
        {
            throw new ProblemException(
                Problems.InsufficientScope,
                $"Your token is limited to {string.Join(", ", issuer.Scopes!.Order(StringComparer.Ordinal))}. "
                + "A token that it issues has `scopes` among these.");
        }
    }

    private static (ApiToken Row, string Secret) New(string organization, string user, string role, DateTime now, DateTime expires)
    {
        var secret = ApiToken.NewSecret();
        var row = new ApiToken
        {
            TokenHash = ApiToken.Hash(secret),
            TokenId = Guid.CreateVersion7(now),
            Organization = organization,
            UserId = user,
            Role = role,
            Created = now,
            Expires = expires,
        };
        return (row, secret);
    }
}
