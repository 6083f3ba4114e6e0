using System.Collections.Concurrent;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>Finds the caller of a token, and caches it for a few seconds. Safe for any number of threads.</summary>
internal sealed class TokenCache(
    Database database, IDbContextFactory<ContactsDb> contexts, Clock clock, IOptions<AccessOptions> options, ILogger<TokenCache> log)
{
    private static readonly TimeSpan LastUsePrecision = TimeSpan.FromMinutes(1);

    private const int MaxEntries = 50_000;

    private readonly ConcurrentDictionary<string, KnownToken> bySecretHash = new(StringComparer.Ordinal);
    private int revocations;
    private readonly TimeSpan lifetime = TimeSpan.FromSeconds(options.Value.TokenCacheSeconds);

    /// <summary>Returns a token's entry; null when the token is unknown, expired or revoked.</summary>
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

        // Keeps the same caller object, so that its book keys are not computed again.
        return bySecretHash[key] = known is not null && known.TokenId == found.TokenId ? found with { Caller = known.Caller } : found;
    }

    /// <summary>True while the entry may be used without reading the token again.</summary>
    public bool IsValid(KnownToken token) =>
        token.Until > clock.Monotonic && token.Expires > clock.Now && token.Revocations == Volatile.Read(ref revocations);

    /// <summary>Invalidates all entries, because a token was revoked.</summary>
    public void Clear() => Interlocked.Increment(ref revocations);

    /// <summary>Which of these tokens no longer give access, by a read of all of them, for requests that last.</summary>
    /// <returns>The ids of those that have expired or were revoked.</returns>
    public Task<HashSet<Guid>> FindEndedAsync(IReadOnlyCollection<KnownToken> known, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var now = clock.Now;
                var hashes = known.Select(token => token.Hash).ToList();
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                db.Database.SetDbConnection(connection);
                var valid = await db.Set<ApiToken>().AsNoTracking()
                    .Where(row => hashes.Contains(row.TokenHash) && row.Expires > now)
                    .Select(row => row.TokenId)
                    .ToListAsync(cancellationToken);
                return known.Select(token => token.TokenId).Except(valid).ToHashSet();
            },
            cancellationToken);

    private Task<KnownToken?> ReadAsync(byte[] hash, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var before = Volatile.Read(ref revocations);
            var now = clock.Now;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Database.SetDbConnection(connection);
            var token = await db.Set<ApiToken>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.TokenHash == hash && row.Expires > now, cancellationToken);
            if (token is null)
            {
                return null;
            }

            // At most one write per minute and token. The request does not wait for it: a database that is read-only still answers reads.
            if (token.LastUsed is null || token.LastUsed < now - LastUsePrecision)
            {
                _ = NoteUseAsync(hash, now);
            }

            return new KnownToken(
                token.TokenId,
                hash,
                new Caller(token.Organization, token.UserId, Roles.Find(token.Role) ?? Role.Agent),
                token.Expires,
                clock.Monotonic + lifetime,
                before);
        },
        cancellationToken);

    private async Task NoteUseAsync(byte[] hash, DateTime now)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.Set<ApiToken>().Where(row => row.TokenHash == hash)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.LastUsed, now));
        }
        catch (Exception failure)
        {
            log.LastUseNotNoted(failure.Message); // the next read of the token tries again
        }
    }
}

internal static partial class TokenCacheLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The last use of a token could not be noted: {Reason}")]
    public static partial void LastUseNotNoted(this ILogger<TokenCache> log, string reason);
}

/// <summary>A cached token.</summary>
/// <param name="TokenId">Its id.</param>
/// <param name="Hash">Its hash, which it is stored by.</param>
/// <param name="Caller">The caller that it represents.</param>
/// <param name="Expires">When it expires, UTC.</param>
/// <param name="Until">When it has to be read again, by <see cref="Clock.Monotonic"/>.</param>
/// <param name="Revocations">The number of revocations that this instance had seen when it read the token.</param>
internal sealed record KnownToken(Guid TokenId, byte[] Hash, Caller Caller, DateTime Expires, TimeSpan Until, int Revocations);
