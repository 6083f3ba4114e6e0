using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Access;

/// <summary>
/// The secrets that all instances share, from the database. Another one is a row that the operator inserts. Safe for any number of threads.
/// </summary>
internal sealed class ServiceKeys(Database database, IDbContextFactory<ContactsDb> contexts, Clock clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // By then every instance has read it.
    private static readonly TimeSpan AgeOfUse = Lifetime * 2;

    private volatile Known? known;

    /// <summary>The current keys. They are read once a minute.</summary>
    public async ValueTask<KeyRing> FindAsync(CancellationToken cancellationToken)
    {
        if (known is { } kept && kept.Until > clock.Monotonic)
        {
            return kept.Ring;
        }

        var keys = await database.ReadAsync(
            async connection =>
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                db.Database.SetDbConnection(connection);
                return await db.Set<ServiceKey>().AsNoTracking().ToListAsync(cancellationToken);
            },
            cancellationToken);
        var now = clock.Now;
        // The first of all has nothing before it to be used instead.
        var newest = keys.OrderBy(key => key.Created > now - AgeOfUse).ThenByDescending(key => key.Created).First();
        known = new(new(newest, keys.ToDictionary(key => key.KeyId)), clock.Monotonic + Lifetime);
        return known.Ring;
    }

    private sealed record Known(KeyRing Ring, TimeSpan Until);
}

/// <summary>The keys of one moment: the newest seals, and each opens what it has sealed.</summary>
internal sealed class KeyRing(ServiceKey newest, IReadOnlyDictionary<int, ServiceKey> keys)
{
    /// <inheritdoc cref="ServiceKey.Seal"/>
    public byte[] Seal(string purpose, Guid book, ReadOnlySpan<byte> text) => newest.Seal(purpose, book, text);

    /// <inheritdoc cref="ServiceKey.Derive"/>
    public byte[] Derive(string purpose) => newest.Derive(purpose);

    /// <summary>The same of each key, that of the newest first.</summary>
    public IEnumerable<byte[]> DeriveAll(string purpose) =>
        keys.Values.OrderByDescending(key => key == newest).Select(key => key.Derive(purpose));

    /// <summary>Returns the text; null when none of the keys has sealed it for this purpose and book.</summary>
    public byte[]? Open(string purpose, Guid book, ReadOnlySpan<byte> data) =>
        keys.GetValueOrDefault(ServiceKey.IdOf(data))?.Open(purpose, book, data);
}
