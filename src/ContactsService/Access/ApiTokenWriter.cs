using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Access;

/// <summary>Issues, lists and revokes the tokens of an organization.</summary>
internal sealed class ApiTokenWriter(BookTransaction transaction, TokenCache cache, Clock clock)
{
    /// <summary>Issues a token. Only this result contains the secret.</summary>
    /// <exception cref="ProblemException"><c>invalid-members</c>.</exception>
    public async Task<(ApiToken Token, string Secret)> IssueAsync(
        string organization, TokenDraft draft, CancellationToken cancellationToken)
    {
        DraftValidation.Require(new TokenRules(organization), draft);
        var now = clock.Now;
        var secret = ApiToken.NewSecret();
        var token = new ApiToken
        {
            TokenHash = ApiToken.Hash(secret),
            TokenId = Guid.CreateVersion7(now),
            Organization = organization,
            UserId = draft.User!,
            Role = draft.Role!,
            Name = draft.Name,
            Created = now,
            Expires = now.AddDays(draft.Days ?? TokenRules.DefaultDays),
        };
        await transaction.BeginAsync(cancellationToken);
        transaction.Db.Add(token);
        await transaction.SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (token, secret);
    }

    /// <summary>All tokens of the organization, oldest first, the expired ones too.</summary>
    public Task<List<ApiToken>> ListAsync(string organization, CancellationToken cancellationToken) =>
        transaction.Db.Set<ApiToken>().AsNoTracking()
            .Where(token => token.Organization == organization)
            .OrderBy(token => token.Created).ThenBy(token => token.TokenId)
            .ToListAsync(cancellationToken);

    /// <summary>Revokes a token: immediately on this instance, within <see cref="AccessOptions.TokenCacheSeconds"/> on others.</summary>
    /// <returns>False when the organization has no such token.</returns>
    public async Task<bool> RevokeAsync(string organization, Guid tokenId, CancellationToken cancellationToken)
    {
        await transaction.BeginAsync(cancellationToken);
        var deleted = await transaction.Db.Set<ApiToken>()
            .Where(token => token.Organization == organization && token.TokenId == tokenId)
            .ExecuteDeleteAsync(CancellationToken.None);
        await transaction.CommitAsync(cancellationToken);
        if (deleted == 0)
        {
            return false;
        }

        cache.Clear();
        return true;
    }
}
