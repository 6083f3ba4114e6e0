using System.Collections.Concurrent;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>Finds out who a token stands for, and remembers it for a few seconds. Safe for any number of threads.</summary>
internal sealed class TokenCache(Database database, IServiceScopeFactory scopes, Clock clock, IOptions<AccessOptions> options)
{
    private static readonly TimeSpan LastUsePrecision = TimeSpan.FromMinutes(1);

    private const int MaxEntries = 50_000;

    private readonly ConcurrentDictionary<string, KnownToken> bySecretHash = new(StringComparer.Ordinal);
    private int revocations;
    private readonly TimeSpan life = TimeSpan.FromSeconds(options.Value.TokenCacheSeconds);

    /// <summary>What is known of a token; null when it is unknown, expired or revoked.</summary>
    public async ValueTask<KnownToken?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = ApiToken.Hash(secret);
        var key = Convert.ToBase64String(hash);
        if (bySecretHash.TryGetValue(key, out var known) && IsValid(known))
        {
            return known;
        }

        var found = await ReadAsync(hash, cancellationToken);
        if (found is null)
        {
            bySecretHash.TryRemove(key, out _);
            return null;
        }

        if (bySecretHash.Count >= MaxEntries)
        {
            bySecretHash.Clear();
        }

        // The same caller object as before: its book keys need not be computed again.
        return bySecretHash[key] = known is not null && known.TokenId == found.TokenId ? found with { Caller = known.Caller } : found;
    }

    /// <summary>True while what is known of a token may be trusted without asking again.</summary>
    public bool IsValid(KnownToken token) => token.Until > clock.Now && token.Revocations == Volatile.Read(ref revocations);

    /// <summary>Trusts nothing that was read before now, since one of the tokens was revoked.</summary>
    public void Clear() => Interlocked.Increment(ref revocations);

    private Task<KnownToken?> ReadAsync(byte[] hash, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var before = Volatile.Read(ref revocations);
            var now = clock.Now;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
            db.Database.SetDbConnection(connection);
            var token = await db.Set<ApiToken>().AsNoTracking().SingleOrDefaultAsync(row => row.TokenHash == hash && row.Expires > now, cancellationToken);
            if (token is null)
            {
                return null;
            }

            // A write a minute and token, not one a request.
            if (token.LastUsed is null || token.LastUsed < now - LastUsePrecision)
            {
                await db.Set<ApiToken>().Where(row => row.TokenHash == hash)
                    .ExecuteUpdateAsync(update => update.SetProperty(row => row.LastUsed, now), cancellationToken);
            }

            return new KnownToken(
                token.TokenId,
                new Caller(token.Organization, token.UserId, Roles.Find(token.Role) ?? Role.Agent),
                now + life < token.Expires ? now + life : token.Expires,
                before);
        },
        cancellationToken);
}

/// <summary>What was read of a token.</summary>
/// <param name="TokenId">Its id.</param>
/// <param name="Caller">Who it stands for.</param>
/// <param name="Until">When it has to be read again, UTC.</param>
/// <param name="Revocations">How many this instance had seen when it was read.</param>
internal sealed record KnownToken(Guid TokenId, Caller Caller, DateTime Until, int Revocations);
