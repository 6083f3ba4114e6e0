using System.Globalization;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Books;

/// <summary>
/// Makes versions after a restore, or after a fail-over that has lost writes, differ from all that were given before: ETags and change
/// tokens of lost versions would otherwise name what is written next. All books go on from the present time in microseconds since 1970,
/// which no book reaches by counting, and which JavaScript's numbers hold until 2255.
/// </summary>
internal static class BookEpoch
{
    private const int BatchSize = 1000;

    // purged_version refuses the older change tokens: what was lost was never deleted.
    private const string RaiseSql = """
        UPDATE book SET revision = {0}, purged_version = {0}
        WHERE (book_id, organization) IN (SELECT book_id, organization FROM book WHERE revision < {0} LIMIT {1})
        """;

    /// <summary>Renews the epoch of all books, and of those that will be created.</summary>
    /// <returns>The revision that all books have then.</returns>
    public static async Task<long> RenewAsync(ContactsDb db, DateTime now, CancellationToken cancellationToken)
    {
        var latest = await db.Set<Book>().MaxAsync(book => (long?)book.Revision, cancellationToken) ?? 0;
        var epoch = Math.Max(latest + 1, (now - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        // Books that were lost may be created again. A default takes no parameter.
        var text = epoch.ToString(CultureInfo.InvariantCulture);
        var defaults = $"ALTER TABLE book ALTER COLUMN revision SET DEFAULT {text}, ALTER COLUMN purged_version SET DEFAULT {text}";
        await db.Database.ExecuteSqlRawAsync(defaults, cancellationToken);
        // In batches: a writer waits for one of them at most.
        while (await db.Database.ExecuteSqlRawAsync(RaiseSql, [epoch, BatchSize], cancellationToken) > 0)
        {
            // The next ones.
        }

        return epoch;
    }
}
