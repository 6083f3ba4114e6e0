using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Access;

/// <summary>
/// The token of the development admin, for requests that do not come from this machine itself. It is derived from the service's key in the
/// database, so that it is the same at each start.
/// </summary>
internal sealed class DevelopmentToken(
    DevelopmentAdmin admin, ServiceKeys keys, Migrator migrator, IDbContextFactory<ContactsDb> contexts, Clock clock)
{
    private const string Purpose = "development token";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly Guid Id = new("00000000-0000-7000-8000-000000000001");

    /// <summary>Waits for the database, and stores the token; outside of Development, removes it instead.</summary>
    /// <returns>The token; null when there is none.</returns>
    public async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (migrator.IsDone)
                {
                    return await StoreAsync(cancellationToken);
                }
            }
            catch (Exception failure) when (DatabaseFailure.IsUnavailable(failure))
            {
                // It is tried again.
            }

            await Task.Delay(RetryDelay, cancellationToken);
        }
    }

    private async Task<string?> StoreAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.Set<ApiToken>().Where(token => token.TokenId == Id && token.Organization == DevelopmentAdmin.Organization);
        if (!admin.Exists)
        {
            await rows.ExecuteDeleteAsync(cancellationToken);
            return null;
        }

        var secret = ApiToken.SecretOf((await keys.FindAsync(cancellationToken)).Derive(Purpose));
        var hash = ApiToken.Hash(secret);
        var now = clock.Now;
        await rows.Where(token => token.TokenHash != hash).ExecuteDeleteAsync(cancellationToken);
        var renewed = await rows.ExecuteUpdateAsync(
            update => update.SetProperty(token => token.Expires, now + Lifetime), cancellationToken);
        if (renewed == 0)
        {
            db.Add(Row(hash, now));
            await db.SaveChangesAsync(cancellationToken);
        }

        return secret;
    }

    private static ApiToken Row(byte[] hash, DateTime now) => new()
    {
        TokenHash = hash,
        TokenId = Id,
        Organization = DevelopmentAdmin.Organization,
        UserId = DevelopmentAdmin.User,
        Role = "admin",
        Name = "Printed at the start in Development",
        Created = now,
        Expires = now + Lifetime,
    };
}
