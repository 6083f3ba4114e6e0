using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Storage;

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

    /// <summary>Statements in one round trip, within the transaction that is open on the connection.</summary>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> statements)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement);
        }

        return batch;
    }

    /// <summary>Statements in one round trip that are a transaction of their own; its results are those of the statements.</summary>
    public static NpgsqlBatch Transaction(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> statements) =>
        Batch(connection, [new NpgsqlBatchCommand("BEGIN"), .. statements, new NpgsqlBatchCommand("COMMIT")]);

    /// <summary>Statements in one round trip that all see the database as it is at one moment; the results are those of the statements.</summary>
    public static NpgsqlBatch Snapshot(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> statements) =>
        Batch(connection, [new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), .. statements, new NpgsqlBatchCommand("COMMIT")]);

    /// <summary>A uuid.</summary>
    public static NpgsqlParameter Value(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    /// <summary>A bigint.</summary>
    public static NpgsqlParameter Value(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    /// <summary>A bigint or null.</summary>
    public static NpgsqlParameter Value(long? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    /// <summary>A time, UTC, or null.</summary>
    public static NpgsqlParameter Value(DateTime? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

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
