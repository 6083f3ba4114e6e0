using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Books;

/// <summary>Deletes old tombstones, and notes in the book how far: a reader of changes who has not come that far would miss them.</summary>
internal static class TombstonePurge
{
    private const int MaxBooks = 1000;

    /// <summary>Deletes the tombstones of all books that were made before a time, UTC.</summary>
    public static async Task RunAsync(ContactsDb db, DateTime before, CancellationToken cancellationToken)
    {
        while (true)
        {
            var books = await db.Set<Tombstone>()
                .Where(tombstone => tombstone.Deleted < before)
                .Select(tombstone => new { tombstone.BookId, tombstone.Organization })
                .Distinct()
                .Take(MaxBooks)
                .ToListAsync(cancellationToken);
            foreach (var book in books)
            {
                // One book a statement: a writer waits for its own book only, and a reader sees both parts or none.
                await db.Database.ExecuteSqlAsync(
                    $"""
                    WITH gone AS (
                        DELETE FROM tombstone
                        WHERE book_id = {book.BookId} AND organization = {book.Organization} AND deleted < {before}
                        RETURNING version)
                    UPDATE book SET purged_version = greatest(purged_version, (SELECT max(version) FROM gone))
                    WHERE book_id = {book.BookId} AND organization = {book.Organization} AND EXISTS (SELECT FROM gone)
                    """,
                    cancellationToken);
            }

            if (books.Count < MaxBooks)
            {
                return;
            }
        }
    }
}
