using System.Threading.RateLimiting;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// The transaction of a request, and the only way to write to a book: either one batch in one round trip (<see cref="OnceAsync"/>), or
/// several steps by SQL and EF Core between <see cref="OpenAsync"/> and <see cref="CommitAsync"/>. Operations may nest; only the outermost
/// one commits. Not safe for several threads.
/// </summary>
internal sealed class BookTransaction(
    Database database, BookWriteQueue queue, CreateDefaultGroup createDefaultGroup, IDbContextFactory<ContactsDb> contexts)
    : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    private ContactsDb? db;
    private RateLimitLease? slot;
    private RateLimitLease? sharedSlot;
    private Book? book;
    private int depth;
    private volatile bool isStopped;

    /// <summary>The version of everything that the open operation changes.</summary>
    public long NextVersion { get; private set; }

    /// <summary>
    /// The time of everything that the open operation changes, UTC. It is taken under the lock and later than every earlier write of the
    /// book.
    /// </summary>
    public DateTime Now { get; private set; }

    /// <summary>EF Core's view of the database: in the transaction while one is open, else on connections of its own.</summary>
    /// <remarks>It is created at its first use: most requests need none, and to create one costs more than a short answer.</remarks>
    public ContactsDb Db
    {
        get
        {
            if (db is null)
            {
                db = contexts.CreateDbContext();
                Enlist();
            }

            return db;
        }
    }

    /// <summary>The default group of the open book; null when it has none.</summary>
    public Guid? DefaultGroupId => book!.DefaultGroupId;

    /// <summary>
    /// Prevents further writes, because the caller was told that nothing was stored. Safe from any thread. (Cancelling the running
    /// statement is no alternative: with a server that hangs, the driver would block threads.)
    /// </summary>
    public void Stop() => isStopped = true;

    /// <summary>
    /// Waits for a slot in the book's queue before this request takes a connection; the slot is released with the connection.
    /// </summary>
    public async Task EnterAsync(BookKey key, CancellationToken cancellationToken)
    {
        // A request that has a connection does not wait: those with a slot may need one.
        if (connection is null && slot is null)
        {
            slot = await queue.EnterAsync(key.Id, cancellationToken);
        }
    }

    /// <summary>Waits for slots of both books, always in this order, so that no two requests wait for each other.</summary>
    public async Task EnterAsync(BookKey own, BookKey shared, CancellationToken cancellationToken)
    {
        if (connection is null && slot is null)
        {
            slot = await queue.EnterAsync(own.Id, cancellationToken);
            sharedSlot = await queue.EnterAsync(shared.Id, cancellationToken);
        }
    }

    /// <summary>
    /// Locks a book in the open transaction, for writes that are computed in memory. A book that does not exist is created without a
    /// default group. Of several books, the caller's own is locked first.
    /// </summary>
    public async Task<BookBatch> LockBatchAsync(BookKey key, CancellationToken cancellationToken)
    {
        var row = await RunAsync(
            async reader => await reader.ReadAsync(CancellationToken.None) ? Book.Read(reader) : null,
            cancellationToken,
            BookStatements.PlanForValues(),
            BookStatements.Lock(key));
        if (row is not null)
        {
            return new(key, row, isNew: false);
        }

        var isNew = await RunAsync(reader => reader.ReadAsync(CancellationToken.None), cancellationToken, BookStatements.Create(key));
        return new(key, (await FindAsync(BookStatements.Lock(key), Book.Read, cancellationToken))!, isNew);
    }

    /// <summary>Locks the book for several steps. A book that does not exist is created with its default group.</summary>
    public async Task OpenAsync(BookKey key, CancellationToken cancellationToken)
    {
        await OpenWithoutDefaultGroupAsync(key, cancellationToken);
        if (!key.IsShared && book!.DefaultGroupId is null)
        {
            await CreateDefaultGroupAsync(key, cancellationToken);
        }
    }

    /// <summary>Locks the book like <see cref="OpenAsync"/>, but creates no default group: the next group becomes it.</summary>
    public async Task OpenWithoutDefaultGroupAsync(BookKey key, CancellationToken cancellationToken)
    {
        await EnterAsync(key, cancellationToken);
        await BeginAsync(cancellationToken);
        if (!await LockAsync(key, cancellationToken))
        {
            await RunAsync(cancellationToken, BookStatements.Create(key));
            await LockAsync(key, cancellationToken);
        }
    }

    /// <summary>Begins a transaction without locking a book, unless one is open already.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        depth++;
        if (transaction is null)
        {
            connection ??= await database.ConnectAsync(cancellationToken);
            transaction = await connection.BeginTransactionAsync(cancellationToken); // sent together with the first statement
            Enlist();
        }
    }

    /// <summary>Runs an operation of several steps under the lock of the book, and commits it.</summary>
    public async Task<T> InTransactionAsync<T>(BookKey key, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        // Within an open operation on the same book, the lock is held. Statements read the revision from the row itself.
        await (book?.BookId == key.Id ? BeginAsync(cancellationToken) : OpenAsync(key, cancellationToken));
        var result = await operation();
        await CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Runs one statement under the lock of the book, in one round trip and one transaction.</summary>
    /// <returns>The result of <paramref name="read"/> for the first row; null when the statement returns none.</returns>
    public async Task<T?> OnceAsync<T>(
        BookKey key, NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await EnterAsync(key, cancellationToken);
        return await RunAsync(
            async reader => await reader.NextResultAsync(CancellationToken.None) && await reader.ReadAsync(CancellationToken.None)
                ? read(reader)
                : null,
            cancellationToken,
            BookStatements.Lock(key),
            statement);
    }

    /// <summary>Creates the book and its default group, if they are missing, in one round trip.</summary>
    public async Task CreateAsync(BookKey key, CancellationToken cancellationToken)
    {
        await EnterAsync(key, cancellationToken);
        NpgsqlBatchCommand[] create = [BookStatements.Create(key), BookStatements.Lock(key)];
        await RunAsync(cancellationToken, key.IsShared ? create : [.. create, createDefaultGroup(key)]);
    }

    /// <summary>Creates the open book's default group after it was deleted.</summary>
    public async Task CreateDefaultGroupAsync(BookKey key, CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken, createDefaultGroup(key));
        await LockAsync(key, cancellationToken);
    }

    /// <summary>Runs statements in order, in one round trip. Several statements without an open transaction form a transaction.</summary>
    public async Task<T> RunAsync<T>(
        Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken, params NpgsqlBatchCommand[] statements)
    {
        // Behind a connection pooler or a distributed engine, the lock of the first statement would be released before the second one.
        var isOwnTransaction = transaction is null && statements.Length > 1;
        try
        {
            connection ??= await database.ConnectAsync(cancellationToken);
            await using var batch = isOwnTransaction
                ? Statement.Transaction(connection, statements)
                : Statement.Batch(connection, statements);

            // A write that was sent is finished and answered even if its caller has disconnected.
            ThrowIfStopped(cancellationToken);
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            var result = await read(reader);
            while (await reader.NextResultAsync(CancellationToken.None))
            {
                // Later statements may still fail. The transaction ends with the batch.
            }

            if (isOwnTransaction)
            {
                OnCommitted();
            }

            return result;
        }
        finally
        {
            if (transaction is null)
            {
                await ReturnAsync();
            }
        }
    }

    /// <summary>Runs statements without reading their results.</summary>
    public Task<bool> RunAsync(CancellationToken cancellationToken, params NpgsqlBatchCommand[] statements) =>
        RunAsync(_ => Task.FromResult(true), cancellationToken, statements);

    /// <summary>Reads one row on the connection of this request, in its transaction; null when there is none.</summary>
    public Task<T?> FindAsync<T>(NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class =>
        RunAsync(async reader => await reader.ReadAsync(CancellationToken.None) ? read(reader) : null, cancellationToken, statement);

    /// <summary>Makes a group the default group of the open book, if it has none.</summary>
    public void AdoptDefaultGroup(Guid groupId) => book!.DefaultGroupId ??= groupId;

    /// <summary>Removes the default group from the open book, before that group is deleted.</summary>
    public void ReleaseDefaultGroup() => book!.DefaultGroupId = null;

    /// <summary>Writes the changes that EF Core tracks, with the next revision of the open book.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (book is not null)
        {
            book.Revision = NextVersion;
            book.LastWrite = Now;
        }

        await SaveRowsAsync(cancellationToken);
    }

    /// <summary>Writes what EF Core has tracked, for operations whose SQL raises the revision.</summary>
    public async Task SaveRowsAsync(CancellationToken cancellationToken)
    {
        ThrowIfStopped(cancellationToken);
        await Db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>
    /// The time of a step of the open operation, when it takes several: step 0 has <see cref="NextVersion"/> and <see cref="Now"/>, and
    /// each following step the next version and a later time.
    /// </summary>
    public DateTime TimeOf(int step) => Now.AddMicroseconds(step);

    /// <summary>Commits when this is the outermost operation, unless the caller was told that nothing was stored.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (--depth > 0)
        {
            return;
        }

        ThrowIfStopped(cancellationToken);
        await transaction!.CommitAsync(CancellationToken.None);
        await EndAsync();
        await ReturnAsync();
        OnCommitted();
    }

    /// <summary>Rolls back what was not committed and returns the connection. A later read takes another one.</summary>
    public async ValueTask DisposeAsync()
    {
        depth = 0;
        await EndAsync();
        if (db is not null)
        {
            await db.DisposeAsync();
            db = null;
        }

        await ReturnAsync();
    }

    // Before the answer is sent: its caller may read slowly.
    private async ValueTask ReturnAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
            connection = null;
        }

        slot?.Dispose();
        slot = null;
        sharedSlot?.Dispose();
        sharedSlot = null;
    }

    // Runs also when the book is locked already, because another step of the transaction may have raised its revision.
    private async Task<bool> LockAsync(BookKey key, CancellationToken cancellationToken)
    {
        db?.ChangeTracker.Clear();
        book = await FindAsync(BookStatements.Lock(key), Book.Read, cancellationToken);
        if (book is null)
        {
            return false;
        }

        NextVersion = book.Revision + 1;
        Now = book.LastWrite;
        Db.Attach(book);
        return true;
    }

    private async Task EndAsync()
    {
        book = null;
        if (transaction is not null)
        {
            db?.ChangeTracker.Clear();
            db?.Database.UseTransaction(null);
            db?.Database.SetDbConnection(null);
            await transaction.DisposeAsync();
            transaction = null;
        }
    }

    private void Enlist()
    {
        if (transaction is not null)
        {
            db?.Database.SetDbConnection(connection);
            db?.Database.UseTransaction(transaction);
        }
    }

    // Every committed write passes through here.
    private static void OnCommitted() => BookMetrics.Writes.Add(1);

    /// <summary>Throws when the request needs no further work: the caller has disconnected or has an answer.</summary>
    public void ThrowIfStopped(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (isStopped)
        {
            throw new OperationCanceledException("The request was answered before this write.");
        }
    }
}
