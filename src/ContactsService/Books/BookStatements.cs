using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>The SQL of the row of a book.</summary>
internal static class BookStatements
{
    private const string BookColumns =
        "book_id, organization, owner_id, revision, default_group_id, created, "
        + "greatest(clock_timestamp(), last_write + interval '1 microsecond') AS last_write";

    // Readers, and foreign keys of other rows, do not wait for this lock mode.
    private const string LockSql = $"SELECT {BookColumns} FROM book WHERE book_id = $1 AND organization = $2 FOR NO KEY UPDATE";

    private const string CreateSql = """
        INSERT INTO book (book_id, organization, owner_id) VALUES ($1, $2, $3) ON CONFLICT ON CONSTRAINT book_key DO NOTHING RETURNING 1
        """;

    private const string RaiseSql = "UPDATE book SET revision = revision + $3, last_write = $4 WHERE book_id = $1 AND organization = $2";

    /// <summary>
    /// Has the following statements of the transaction planned for their values. Plans that are made once, for books of the usual size and
    /// tables as they were then, may read a large book for each of a thousand ids.
    /// </summary>
    public static NpgsqlBatchCommand PlanForValues() => new("SET LOCAL plan_cache_mode = force_custom_plan");

    /// <summary>Locks the row of the book until the transaction ends, and returns it for <see cref="Book.Read"/>.</summary>
    public static NpgsqlBatchCommand Lock(BookKey key) =>
        Statement.Of(LockSql, Statement.Value(key.Id), Statement.Value(key.Organization));

    /// <summary>Creates the row of the book, unless there is one. Returns a row when it did.</summary>
    public static NpgsqlBatchCommand Create(BookKey key) =>
        Statement.Of(CreateSql, Statement.Value(key.Id), Statement.Value(key.Organization), Statement.Value(key.OwnerId));

    /// <summary>Raises the revision of a locked book by several steps, the last of which has this time.</summary>
    public static NpgsqlBatchCommand Raise(BookKey key, int steps, DateTime lastWrite) => Statement.Of(
        RaiseSql, Statement.Value(key.Id), Statement.Value(key.Organization), Statement.Value((long)steps), Statement.Value(lastWrite));
}
