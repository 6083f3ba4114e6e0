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

    private readonly ConcurrentDictionary<string, Entry> bySecretHash = new(StringComparer.Ordinal);
    private int revocations;
    private readonly TimeSpan life = TimeSpan.FromSeconds(Math.Clamp(options.Value.TokenCacheSeconds, 0, 60));

    /// <summary>The caller of a token; null when it is unknown, expired or revoked.</summary>
    public async ValueTask<Caller?> FindAsync(string secret, CancellationToken cancellation)
    {
        var hash = ApiToken.Hash(secret);
        var key = Convert.ToBase64String(hash);
        var now = clock.Now;
        if (bySecretHash.TryGetValue(key, out var known) && known.Until > now)
        {
            return known.Caller;
        }

        var before = Volatile.Read(ref revocations);
        var found = await ReadAsync(hash, now, cancellation);
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
        var caller = known is not null && known.TokenId == found.TokenId ? known.Caller : found.Caller;
        if (before == Volatile.Read(ref revocations))
        {
            bySecretHash[key] = found with { Caller = caller }; // what was read before a revocation is not remembered after it
        }

        return caller;
    }

    /// <summary>Forgets a token that was revoked.</summary>
    public void Forget(string organization, Guid tokenId)
    {
        Interlocked.Increment(ref revocations);
        foreach (var (key, entry) in bySecretHash)
        {
            if (entry.TokenId == tokenId && entry.Caller.Organization == organization)
            {
                bySecretHash.TryRemove(key, out _);
            }
        }
    }

    private Task<Entry?> ReadAsync(byte[] hash, DateTime now, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(FindSql, connection) { Parameters = { Statement.Value(hash), Statement.Value(now) } };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (!await reader.ReadAsync(cancellation))
            {
                return null;
            }

            var expires = reader.GetDateTime(4);
            return new Entry(
                reader.GetGuid(0),
                new Caller(reader.GetString(1), reader.GetString(2), Roles.Find(reader.GetString(3)) ?? Role.Agent),
                now + life < expires ? now + life : expires);
        },
        cancellation);

    private sealed record Entry(Guid TokenId, Caller Caller, DateTime Until);
}
