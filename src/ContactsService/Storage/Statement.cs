using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Storage;

/// <summary>Statements with positional parameters.</summary>
internal static class Statement
{
    /// <summary>A statement with its parameters in the order of their numbers.</summary>
    public static NpgsqlBatchCommand Of(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            statement.Parameters.Add(parameter);
        }

        return statement;
    }

    /// <summary>Runs statements in one round trip, in the transaction that is open on the connection.</summary>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> statements)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement);
        }

        return batch;
    }

    /// <summary>Runs statements in one round trip and one transaction. The results are those of the statements.</summary>
    public static NpgsqlBatch Transaction(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> statements) =>
        Batch(connection, [new NpgsqlBatchCommand("BEGIN"), .. statements, new NpgsqlBatchCommand("COMMIT")]);

    /// <summary>Runs statements in one round trip that all read the same snapshot. The results are those of the statements.</summary>
    public static NpgsqlBatch Snapshot(NpgsqlConnection connection, params ReadOnlySpan<NpgsqlBatchCommand> statements) =>
        Batch(
            connection,
            [new NpgsqlBatchCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), .. statements, new NpgsqlBatchCommand("COMMIT")]);

    public static NpgsqlParameter Value(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Value(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Value(long? value) => Nullable(value, NpgsqlDbType.Bigint);

    /// <summary>A time in UTC, or null.</summary>
    public static NpgsqlParameter Value(DateTime? value) => Nullable(value, NpgsqlDbType.TimestampTz);

    /// <summary>A time in UTC.</summary>
    public static NpgsqlParameter Value(DateTime value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Value(string? value) => Nullable(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Value(bool? value) => Nullable(value, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Value(byte[] value) =>
        new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Value(Guid[]? value) => Nullable(value, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static NpgsqlParameter Value(long[]? value) => Nullable(value, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlParameter Value(string?[]? value) => Nullable(value, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlParameter Value(bool?[] value) => Nullable(value, NpgsqlDbType.Array | NpgsqlDbType.Boolean);

    /// <summary>Times in UTC.</summary>
    public static NpgsqlParameter Value(DateTime[] value) => Nullable(value, NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Value(int[] value) => Nullable(value, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static NpgsqlParameter Value(byte[][] value) => Nullable(value, NpgsqlDbType.Array | NpgsqlDbType.Bytea);

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
