using System.Collections.Concurrent;
using ContactsService.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ContactsService.Access;

/// <summary>Finds out who a token stands for, and remembers it for a few seconds. Safe for any number of threads.</summary>
internal sealed class TokenCache(Database database, Clock clock, IOptions<AccessOptions> options)
{
    private const int MostEntries = 50_000;

    // The last use is kept to the minute: a write a minute and token, not one a request.
    private const string FindSql = """
        WITH found AS (SELECT * FROM api_token WHERE token_hash = $1 AND expires > $2),
        used AS (UPDATE api_token SET last_used = $2 FROM found
                 WHERE api_token.token_hash = $1 AND (found.last_used IS NULL OR found.last_used < $2 - interval '1 minute'))
        SELECT token_id, organization, user_id, role, expires FROM found
        """;

    private readonly ConcurrentDictionary<string, KnownToken> bySecretHash = new(StringComparer.Ordinal);
    private int revocations;
    private readonly TimeSpan life = TimeSpan.FromSeconds(Math.Clamp(options.Value.TokenCacheSeconds, 0, 60));

    /// <summary>What is known of a token; null when it is unknown, expired or revoked.</summary>
    public async ValueTask<KnownToken?> FindAsync(string secret, CancellationToken cancellation)
    {
        var hash = ApiToken.Hash(secret);
        var key = Convert.ToBase64String(hash);
        if (bySecretHash.TryGetValue(key, out var known) && Stands(known))
        {
            return known;
        }

        var found = await ReadAsync(hash, cancellation);
        if (found is null)
        {
            bySecretHash.TryRemove(key, out _);
            return null;
        }

        if (bySecretHash.Count >= MostEntries)
        {
            bySecretHash.Clear();
        }

        // The same caller object as before: its book keys need not be computed again.
        return bySecretHash[key] = known is not null && known.TokenId == found.TokenId ? found with { Caller = known.Caller } : found;
    }

    /// <summary>True while what is known of a token may be trusted without asking again.</summary>
    public bool Stands(KnownToken token) => token.Until > clock.Now && token.Revocations == Volatile.Read(ref revocations);

    /// <summary>Trusts nothing that was read before now, since one of the tokens was revoked.</summary>
    public void Forget() => Interlocked.Increment(ref revocations);

    private Task<KnownToken?> ReadAsync(byte[] hash, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            var before = Volatile.Read(ref revocations);
            var now = clock.Now;
            await using var command = new NpgsqlCommand(FindSql, connection) { Parameters = { Statement.Value(hash), Statement.Value(now) } };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (!await reader.ReadAsync(cancellation))
            {
                return null;
            }

            var expires = reader.GetDateTime(4);
            return new KnownToken(
                reader.GetGuid(0),
                new Caller(reader.GetString(1), reader.GetString(2), Roles.Find(reader.GetString(3)) ?? Role.Agent),
                now + life < expires ? now + life : expires,
                before);
        },
        cancellation);
}

/// <summary>What was read of a token.</summary>
/// <param name="TokenId">Its id.</param>
/// <param name="Caller">Who it stands for.</param>
/// <param name="Until">When it has to be read again, UTC.</param>
/// <param name="Revocations">How many this instance had seen when it was read.</param>
internal sealed record KnownToken(Guid TokenId, Caller Caller, DateTime Until, int Revocations);
