using System.Collections.Concurrent;
using System.Net;
using ContactsService.Access.Oidc;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ContactsService.Access;

/// <summary>Finds the caller of a token, and caches it for a few seconds. Safe for any number of threads.</summary>
internal sealed class TokenCache(
    Database database,
    IDbContextFactory<ContactsDb> contexts,
    AccessRevisions revisions,
    JwtReader jwts,
    GuessLimits guesses,
    Clock clock,
    IOptions<AccessOptions> options,
    ILogger<TokenCache> log)
{
    private static readonly TimeSpan LastUsePrecision = TimeSpan.FromMinutes(1);

    private const int MaxEntries = 50_000;

    private readonly ConcurrentDictionary<string, KnownToken> bySecretHash = new(StringComparer.Ordinal);
    private readonly TimeSpan lifetime = TimeSpan.FromSeconds(options.Value.TokenCacheSeconds);

    /// <summary>Returns a token's entry; null when the token is unknown, expired or revoked.</summary>
    /// <exception cref="ProblemException"><c>too-many-requests</c>: unknown tokens came from the address too often.</exception>
    public async ValueTask<KnownToken?> FindAsync(string secret, IPAddress? remote, CancellationToken cancellationToken)
    {
        var isJwt = jwts.IsAsked(secret);
        if (!isJwt && !ApiToken.IsWellFormed(secret))
        {
            return null;
        }

        var hash = ApiToken.Hash(secret);
        var key = Convert.ToBase64String(hash);
        if (bySecretHash.TryGetValue(key, out var known) && await IsValidAsync(known, cancellationToken))
        {
            return known;
        }

        var found = isJwt ? await ReadJwtAsync(secret, hash, cancellationToken)
            : known is not null ? await ReadAsync(hash, cancellationToken)
            : await guesses.LookUpAsync(remote, () => ReadAsync(hash, cancellationToken), cancellationToken);
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

    /// <summary>
    /// True while the entry may be used without reading the token again: nothing has ended access in its organization since it was read.
    /// </summary>
    public async ValueTask<bool> IsValidAsync(KnownToken token, CancellationToken cancellationToken) =>
        token.Until > clock.Monotonic && token.Expires > clock.Now
        && await revisions.ReadAsync(token.Caller.Organization, cancellationToken) == token.AccessRevision;

    /// <summary>True while a token gives access, for requests that last.</summary>
    public async ValueTask<bool> HasAccessAsync(KnownToken token, CancellationToken cancellationToken) =>
        token.Expires > clock.Now
        && (await revisions.ReadAsync(token.Caller.Organization, cancellationToken) == token.AccessRevision
            || (await FindEndedAsync([token], cancellationToken)).Count == 0);

    /// <summary>Which of these tokens no longer give access, by a read of all of them, for requests that last.</summary>
    /// <returns>The ids of those that have expired or were revoked.</returns>
    public Task<HashSet<Guid>> FindEndedAsync(IReadOnlyCollection<KnownToken> known, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var now = clock.Now;
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                db.Database.SetDbConnection(connection);
                var hashes = known.Where(token => token.Issued is null).Select(token => token.Hash).ToList();
                var valid = (await Valid(db, now).Where(row => hashes.Contains(row.TokenHash)).Select(row => row.TokenId)
                    .ToListAsync(cancellationToken)).ToHashSet();
                foreach (var jwt in known.Where(token => token.Issued is not null && token.Expires > now))
                {
                    if (await FindRevisionAsync(db, jwt.Caller, jwt.Issued!.Value, cancellationToken) is not null)
                    {
                        valid.Add(jwt.TokenId);
                    }
                }

                return known.Select(token => token.TokenId).Except(valid).ToHashSet();
            },
            cancellationToken);

    private static IQueryable<ApiToken> Valid(ContactsDb db, DateTime now) => db.Set<ApiToken>().AsNoTracking()
        .Where(row => row.Expires > now && !db.Set<UserAccess>().Any(user =>
            user.Organization == row.Organization && user.UserName == row.UserName && user.Ended != null));

    // The revision of access; null when the user has lost it, or all tokens of that time.
    private static async Task<long?> FindRevisionAsync(ContactsDb db, Caller caller, DateTime issued, CancellationToken cancellationToken)
    {
        var name = UserAccess.NameOf(caller.User);
        var row = await db.Set<AccessRevision>().Where(access => access.Organization == caller.Organization)
            .Select(access => (long?)access.Revision).Take(1).DefaultIfEmpty()
            .Select(revision => new
            {
                Revision = revision,
                HasEnded = db.Set<UserAccess>().Any(user => user.Organization == caller.Organization && user.UserName == name
                    && (user.Ended != null || user.ValidFrom > issued)),
            })
            .SingleAsync(cancellationToken);
        return row.HasEnded ? null : row.Revision ?? 0;
    }

    private async Task<KnownToken?> ReadJwtAsync(string text, byte[] hash, CancellationToken cancellationToken)
    {
        if (await jwts.ReadAsync(text, cancellationToken) is not { } jwt)
        {
            return null;
        }

        return await database.ReadAsync(
            async connection =>
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                db.Database.SetDbConnection(connection);
                return await FindRevisionAsync(db, jwt.Caller, jwt.Issued, cancellationToken) is { } revision
                    ? new KnownToken(new Guid(hash.AsSpan(0, 16)), hash, jwt.Caller, jwt.Expires, clock.Monotonic + lifetime, revision)
                    {
                        Issued = jwt.Issued,
                    }
                    : null;
            },
            cancellationToken);
    }

    private Task<KnownToken?> ReadAsync(byte[] hash, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var now = clock.Now;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Database.SetDbConnection(connection);
            // In one statement: an end of access that the row does not have yet raises the revision later.
            var found = await Valid(db, now)
                .Where(row => row.TokenHash == hash)
                .Select(row => new
                {
                    Token = row,
                    Revision = db.Set<AccessRevision>().Where(access => access.Organization == row.Organization)
                        .Select(access => (long?)access.Revision).FirstOrDefault(),
                })
                .SingleOrDefaultAsync(cancellationToken);
            if (found is not { Token: var token })
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
                new Caller(token.Organization, token.UserId, Roles.Find(token.Role) ?? Role.Agent, token.Scopes),
                token.Expires,
                clock.Monotonic + lifetime,
                found.Revision ?? 0);
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
/// <param name="AccessRevision">That of its organization when it was read.</param>
internal sealed record KnownToken(Guid TokenId, byte[] Hash, Caller Caller, DateTime Expires, TimeSpan Until, long AccessRevision)
{
    /// <summary>When an identity provider has issued it, UTC; null for tokens of this service.</summary>
    public DateTime? Issued { get; init; }
}
