using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;

namespace ContactsService.Books;

/// <summary>
/// A book whose other writers wait: for deeds of several statements. Ends with <see cref="CommitAsync"/>; without it,
/// the end of the request undoes everything.
/// </summary>
internal sealed class LockedBook
{
    private readonly ContactsDb db;
    private readonly WriteSession session;
    private readonly Book row;
    private readonly bool began;

    private LockedBook(BookKey key, ContactsDb db, WriteSession session, Book row, bool began)
    {
        Key = key;
        this.db = db;
        this.session = session;
        this.row = row;
        this.began = began;
        NextVersion = row.Revision + 1;
    }

    /// <summary>Which book.</summary>
    public BookKey Key { get; }

    /// <summary>The version of everything this deed changes.</summary>
    public long NextVersion { get; }

    /// <summary>The default group; null only between the loss of one and the birth of the next.</summary>
    public Guid? DefaultGroupId => row.DefaultGroupId;

    /// <summary>Begins a transaction, unless the request has one, and waits for the book.</summary>
    public static async Task<LockedBook> OpenAsync(
        BookKey key, ContactsDb db, WriteSession session, BookBirth birth, CancellationToken cancellation)
    {
        await session.EnterAsync(key, cancellation);
        var begins = await session.BeginAsync(cancellation);
        await session.EnlistAsync(db, cancellation);
        var found = await LockAsync(key, db);
        if (found is null || (found.DefaultGroupId is null && !key.IsShared))
        {
            await birth.EnsureAsync(key, cancellation);
            db.ChangeTracker.Clear();
            found = await LockAsync(key, db);
        }

        return new(key, db, session, found!, begins);
    }

    /// <summary>As <see cref="OpenAsync"/>, but a book without a default group stays without one: the next group is to become it.</summary>
    public static async Task<LockedBook> OpenBareAsync(
        BookKey key, ContactsDb db, WriteSession session, BookBirth birth, CancellationToken cancellation)
    {
        await session.EnterAsync(key, cancellation);
        var begins = await session.BeginAsync(cancellation);
        await session.EnlistAsync(db, cancellation);
        await birth.EnsureLockedAsync(key, cancellation);
        return new(key, db, session, (await LockAsync(key, db))!, begins);
    }

    /// <summary>Makes a group the default group of a book that has none.</summary>
    public async Task AdoptDefaultGroupAsync(Guid group, CancellationToken cancellation)
    {
        if (row.DefaultGroupId is null)
        {
            row.DefaultGroupId = group;
            await SaveAsync(cancellation);
        }
    }

    /// <summary>Writes what was changed, and the next revision of the book.</summary>
    public async Task SaveAsync(CancellationToken cancellation)
    {
        row.Revision = NextVersion;
        await session.SaveAsync(db, cancellation);
    }

    /// <summary>Lets go of the default group, before it is deleted.</summary>
    public async Task LoseDefaultGroupAsync(CancellationToken cancellation)
    {
        row.DefaultGroupId = null;
        await SaveAsync(cancellation);
    }

    /// <summary>Makes the deed last, unless the request does that itself.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (began)
        {
            await session.CommitAsync(cancellation);
        }
    }

    // Not cancelled once it is sent, as no write is.
    private static Task<Book?> LockAsync(BookKey key, ContactsDb db) =>
        db.Set<Book>()
            .FromSql($"SELECT * FROM book WHERE book_id = {key.Id} AND organization = {key.Organization} FOR NO KEY UPDATE")
            .AsTracking()
            .SingleOrDefaultAsync(CancellationToken.None);
}
