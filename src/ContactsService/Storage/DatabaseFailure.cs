using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Storage;

/// <summary>Classifies failures of the database.</summary>
internal static class DatabaseFailure
{
    /// <summary>True when the same request may succeed later: connection lost, starting, disk full, too slow, read-only, locked,
    /// not migrated yet.</summary>
    public static bool IsUnavailable(Exception failure) => failure switch
    {
        PostgresException refused => IsNotMigrated(refused) || refused.SqlState is
            PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable
            || HasLostStatements(refused)
            || refused.SqlState.StartsWith("08", StringComparison.Ordinal) // connection
            || refused.SqlState.StartsWith("28", StringComparison.Ordinal) // authorization
            || refused.SqlState.StartsWith("3D", StringComparison.Ordinal) // no such database
            || refused.SqlState.StartsWith("40", StringComparison.Ordinal) // rolled back: deadlock, serialization
            || refused.SqlState.StartsWith("53", StringComparison.Ordinal) // resources
            || refused.SqlState.StartsWith("57", StringComparison.Ordinal) // shutdown, starting up
            || refused.SqlState.StartsWith("58", StringComparison.Ordinal), // disk
        NpgsqlException or TimeoutException or SocketException => true,
        // EF Core wraps the failures of its writes and reads.
        DbUpdateException or InvalidOperationException when failure.InnerException is { } inner => IsUnavailable(inner),
        _ => false,
    };

    /// <summary>True when tables or columns do not exist (yet).</summary>
    public static bool IsNotMigrated(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn };

    /// <summary>True when a write met a database that only takes reads, such as a standby.</summary>
    public static bool IsReadOnly(Exception failure) => failure switch
    {
        PostgresException refused => refused.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction,
        DbUpdateException or InvalidOperationException when failure.InnerException is { } inner => IsReadOnly(inner),
        _ => false,
    };

    /// <summary>
    /// True when the connection is lost, so that others of its pool probably are too. A slow connection or a full pool does not count.
    /// </summary>
    public static bool IsLost(Exception failure) => failure switch
    {
        PostgresException refused => refused.SqlState.StartsWith("57P", StringComparison.Ordinal) || HasLostStatements(refused),
        NpgsqlException => failure.InnerException is not TimeoutException,
        DbUpdateException or InvalidOperationException when failure.InnerException is { } inner => IsLost(inner),
        _ => false,
    };

    // The driver and the server disagree about what is prepared on the connection, as after a client that disconnects in the middle.
    private static bool HasLostStatements(PostgresException refused) => refused.SqlState is
        PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement;

    /// <summary>
    /// The name of the constraint that a write has violated; null for any other failure. EF Core wraps what its writes meet.
    /// </summary>
    public static string? ViolatedConstraint(Exception failure) => failure switch
    {
        PostgresException refused => refused.ConstraintName,
        DbUpdateException { InnerException: PostgresException refused } => refused.ConstraintName,
        _ => null,
    };
}
