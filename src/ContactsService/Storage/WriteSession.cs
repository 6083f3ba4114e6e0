using System.Threading.RateLimiting;
using ContactsService.Books;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Storage;

/// <summary>
/// The writing of one request. A batch is one round trip and, without a transaction around it, one transaction of its own;
/// within <see cref="BeginAsync"/> all batches are one transaction. Not safe for several threads.
/// </summary>
internal sealed class WriteSession(Database database, BookTurns turns) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    private RateLimitLease? turn;
    private volatile bool isStopped;

    /// <summary>
    /// Lets nothing more be written: its caller has been told that nothing came of it. Safe from any thread. (Cancelling what runs is no way: the driver
    /// would block threads for asking a server that hangs.)
    /// </summary>
    public void Stop() => isStopped = true;

    /// <summary>Waits for a turn to write to a book, before this session takes a connection; the turn ends with the session.</summary>
    public async Task EnterAsync(BookKey book, CancellationToken cancellation)
    {
        // Whoever has a connection does not wait: those whose turn it is may need one.
        if (connection is null && turn is null)
        {
            turn = await turns.TakeAsync(book.Id, cancellation);
        }
    }

    /// <summary>Makes what follows one transaction, until <see cref="CommitAsync"/>.</summary>
    /// <returns>True when this call began it, so that its caller is the one to commit.</returns>
    public async Task<bool> BeginAsync(CancellationToken cancellation)
    {
        if (transaction is not null)
        {
            return false;
        }

        connection ??= await database.ConnectAsync(cancellation);
        transaction = await connection.BeginTransactionAsync(cancellation);
        return true;
    }

    /// <summary>Does all of a deed within one transaction: the one that is there already, or one of its own.</summary>
    public async Task<T> WithinTransactionAsync<T>(Func<Task<T>> deed, CancellationToken cancellation)
    {
        var begins = await BeginAsync(cancellation);
        var result = await deed();
        if (begins)
        {
            await CommitAsync(cancellation);
        }

        return result;
    }

    /// <summary>Runs the statements in their order and reads what they return.</summary>
    public async Task<T> RunAsync<T>(Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellation, params NpgsqlBatchCommand[] statements)
    {
        try
        {
            connection ??= await database.ConnectAsync(cancellation);
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var statement in statements)
            {
                batch.BatchCommands.Add(statement);
            }

            // A write that has been sent is finished and told, even if its caller has hung up meanwhile; one that has not is not.
            ThrowIfStopped(cancellation);
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            var result = await read(reader);
            while (await reader.NextResultAsync(CancellationToken.None))
            {
                // Later statements may still fail; only the end of the batch is the end of its transaction.
            }

            return result;
        }
        catch (Exception lost) when (DatabaseFailure.IsLost(lost))
        {
            database.Forget();
            throw;
        }
    }

    /// <summary>Runs statements that return nothing of interest.</summary>
    public Task<bool> RunAsync(CancellationToken cancellation, params NpgsqlBatchCommand[] statements) =>
        RunAsync(_ => Task.FromResult(true), cancellation, statements);

    /// <summary>Reads one row, as the session's transaction sees it; null when there is none.</summary>
    public Task<T?> FindAsync<T>(NpgsqlBatchCommand statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
        where T : class =>
        RunAsync(async reader => await reader.ReadAsync(cancellation) ? read(reader) : null, cancellation, statement);

    /// <summary>Lets EF Core write within this session's transaction.</summary>
    public async Task EnlistAsync(ContactsDb db, CancellationToken cancellation)
    {
        if (db.Database.GetDbConnection() != connection)
        {
            db.Database.SetDbConnection(connection);
            await db.Database.UseTransactionAsync(transaction, cancellation);
        }
    }

    /// <summary>Lets EF Core write what it has tracked. As with a batch: what has been sent is finished, even if the caller has hung up meanwhile.</summary>
    public Task<int> SaveAsync(ContactsDb db, CancellationToken cancellation)
    {
        ThrowIfStopped(cancellation);
        return db.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>Makes the transaction last, unless its caller has been told meanwhile that nothing came of it.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        ThrowIfStopped(cancellation);
        await transaction!.CommitAsync(CancellationToken.None);
        await transaction.DisposeAsync();
        transaction = null;
    }

    private void ThrowIfStopped(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (isStopped)
        {
            throw new OperationCanceledException("The request has been answered meanwhile.");
        }
    }

    /// <summary>Undoes what was not committed and gives the connection back: whoever reads on takes another.</summary>
    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
            transaction = null;
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
            connection = null;
        }

        turn?.Dispose();
        turn = null;
    }
}

/// <summary>Statements with positional parameters.</summary>
internal static class Statement
{
    /// <summary>A statement and its parameters in the order of their numbers; a parameter knows its type.</summary>
    public static NpgsqlBatchCommand Of(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            statement.Parameters.Add(parameter);
        }

        return statement;
    }

    /// <summary>Statements that all see the database as it is at one moment: a batch of its own, with results for these only.</summary>
    public static NpgsqlBatch Snapshot(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> statements)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") } };
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        return batch;
    }

    /// <summary>A uuid.</summary>
    public static NpgsqlParameter Value(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    /// <summary>A bigint.</summary>
    public static NpgsqlParameter Value(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    /// <summary>A time, UTC.</summary>
    public static NpgsqlParameter Value(DateTime value) => new NpgsqlParameter<DateTime> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    /// <summary>A text or null.</summary>
    public static NpgsqlParameter Value(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>A boolean or null.</summary>
    public static NpgsqlParameter Value(bool? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean };

    /// <summary>A bytea.</summary>
    public static NpgsqlParameter Value(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    /// <summary>A list of uuids or null.</summary>
    public static NpgsqlParameter Value(Guid[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    /// <summary>A list of bigints or null.</summary>
    public static NpgsqlParameter Value(long[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    /// <summary>A list of texts or null.</summary>
    public static NpgsqlParameter Value(string[]? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
