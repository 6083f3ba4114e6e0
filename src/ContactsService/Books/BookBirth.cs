using ContactsService.Filtering;
using ContactsService.Groups;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>How a book and its default group come to be, exactly once, and how writers of a book take turns.</summary>
internal sealed class BookBirth(WriteSession session, Clock clock)
{
    /// <summary>What the default group is called until somebody renames it.</summary>
    public const string DefaultGroupName = "Other contacts";

    // Readers and the foreign keys of other rows are not held up by this kind of lock.
    private const string LockSql = "SELECT 1 FROM book WHERE book_id = $1 AND organization = $2 FOR NO KEY UPDATE";

    private const string BookSql = """
        INSERT INTO book (book_id, organization, owner_id, created) VALUES ($1, $2, $3, $4) ON CONFLICT (book_id) DO NOTHING
        """;

    // A group that happens to have the name becomes the default group.
    private const string DefaultGroupSql = """
        WITH lacking AS (
            SELECT revision + 1 AS version FROM book
            WHERE book_id = $1 AND organization = $2 AND default_group_id IS NULL),
        born AS (
            INSERT INTO contact_group AS g (book_id, organization, group_id, body, name_hash, display_name, group_type, version, created, last_modified)
            SELECT $1, $2, $3, $4, $5, $6, 'NORMAL', lacking.version, $7, $7 FROM lacking
            ON CONFLICT (book_id, name_hash) DO UPDATE SET version = excluded.version, last_modified = excluded.last_modified
            RETURNING group_id, version)
        UPDATE book SET default_group_id = born.group_id, revision = born.version FROM born WHERE book.book_id = $1 AND book.organization = $2
        """;

    private BookKey? locked;

    /// <summary>The statement that makes writers of one book take turns; the first of every write.</summary>
    public static NpgsqlBatchCommand Lock(BookKey book) =>
        Statement.Of(LockSql, Statement.Value(book.Id), Statement.Value(book.Organization));

    /// <summary>Makes sure that the book is there, and its default group if it is a user's.</summary>
    public async Task EnsureAsync(BookKey book, CancellationToken cancellation)
    {
        if (book.IsShared)
        {
            await EnsureLockedAsync(book, cancellation);
            return;
        }

        var now = clock.Now;
        await session.EnterAsync(book, cancellation);
        await session.RunAsync(cancellation, Birth(book, now), Lock(book), DefaultGroup(book, now));
    }

    /// <summary>Makes sure that the book is there, without a default group, and waits for its other writers.</summary>
    public async Task EnsureLockedAsync(BookKey book, CancellationToken cancellation)
    {
        await session.EnterAsync(book, cancellation);
        await session.RunAsync(cancellation, Birth(book, clock.Now), Lock(book));
    }

    /// <summary>Does a deed in one transaction, while the book's other writers wait. One deed may hold others.</summary>
    public async Task<T> LockedAsync<T>(BookKey book, Func<Task<T>> deed, CancellationToken cancellation)
    {
        await session.EnterAsync(book, cancellation);
        return await session.WithinTransactionAsync(
            async () =>
            {
                if (locked != book)
                {
                    await EnsureLockedAsync(book, cancellation);
                    locked = book; // until the transaction ends, also when a savepoint is undone
                }

                return await deed();
            },
            cancellation);
    }

    private static NpgsqlBatchCommand Birth(BookKey book, DateTime now) => Statement.Of(
        BookSql, Statement.Value(book.Id), Statement.Value(book.Organization), Statement.Value(book.OwnerId), Statement.Value(now));

    private static NpgsqlBatchCommand DefaultGroup(BookKey book, DateTime now)
    {
        var id = Guid.CreateVersion7(now);
        var draft = new GroupDraft { DisplayName = DefaultGroupName };
        return Statement.Of(
            DefaultGroupSql,
            Statement.Value(book.Id),
            Statement.Value(book.Organization),
            Statement.Value(id),
            Statement.Value(GroupView.Body(book, id, draft)),
            Statement.Value(Group.HashName(DefaultGroupName)),
            Statement.Value(Fold.Text(DefaultGroupName)),
            Statement.Value(now));
    }
}
