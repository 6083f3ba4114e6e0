using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Books;

/// <summary>
/// A locked book whose writes are computed in memory, one revision for each, and stored together. Not safe for several threads.
/// </summary>
/// <param name="key">The book.</param>
/// <param name="row">Its row as it was locked, with the time of the next write.</param>
/// <param name="isNew">True when this transaction has created it.</param>
internal sealed class BookBatch(BookKey key, Book row, bool isNew)
{
    private const string ReleaseSql = "UPDATE book SET default_group_id = NULL WHERE book_id = $1 AND organization = $2";

    private const string RaiseSql = """
        UPDATE book SET revision = $3, last_write = $4, default_group_id = $5 WHERE book_id = $1 AND organization = $2
        """;

    private const string RemoveEmptySql = "DELETE FROM book WHERE book_id = $1 AND organization = $2";

    private const string TombstonesSql = """
        INSERT INTO tombstone (book_id, organization, version, kind, id, deleted)
        SELECT $1, $2, gone.version, gone.kind, gone.id, gone.deleted
        FROM unnest($3::bigint[], $4::text[], $5::text[], $6::timestamptz[]) AS gone (version, kind, id, deleted)
        """;

    private readonly List<(long Version, string Kind, string Id, DateTime Deleted)> tombstones = [];
    private Guid? defaultGroupId = row.DefaultGroupId;
    private bool releasesDefaultGroup;

    /// <summary>The book.</summary>
    public BookKey Key { get; } = key;

    /// <summary>The version of what the last write changed.</summary>
    public long Version { get; private set; } = row.Revision;

    /// <summary>The time of the last write, UTC.</summary>
    public DateTime Now { get; private set; } = row.LastWrite;

    /// <summary>The default group; null when there is none yet.</summary>
    public Guid? DefaultGroupId
    {
        get => defaultGroupId;
        set
        {
            releasesDefaultGroup |= value is null;
            defaultGroupId = value;
        }
    }

    /// <summary>True when something was written.</summary>
    public bool IsChanged => Version > row.Revision;

    /// <summary>Begins a write: the next version, and a time later than that of the write before.</summary>
    public void Step()
    {
        if (IsChanged)
        {
            Now = Now.AddTicks(TimeSpan.TicksPerMicrosecond);
        }

        Version++;
    }

    /// <summary>Records a deletion by the current write.</summary>
    public void Bury(string kind, string id) => tombstones.Add((Version, kind, id, Now));

    /// <summary>What runs before the groups are written.</summary>
    public IEnumerable<NpgsqlBatchCommand> First() => releasesDefaultGroup ? [Of(ReleaseSql)] : [];

    /// <summary>What runs after the groups are written. A book that was created for nothing is removed.</summary>
    public IEnumerable<NpgsqlBatchCommand> Last()
    {
        if (!IsChanged)
        {
            return isNew ? [Of(RemoveEmptySql)] : [];
        }

        NpgsqlBatchCommand[] raised =
        [
            Of(
                RaiseSql,
                Statement.Value(Version),
                Statement.Value(Now),
                new NpgsqlParameter { Value = (object?)DefaultGroupId ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid }),
        ];
        return tombstones.Count == 0 ? raised : [.. raised, Tombstones()];
    }

    private NpgsqlBatchCommand Tombstones() => Of(
        TombstonesSql,
        Statement.Value(tombstones.Select(tombstone => tombstone.Version).ToArray()),
        Statement.Value(tombstones.Select(tombstone => tombstone.Kind).ToArray()),
        Statement.Value(tombstones.Select(tombstone => tombstone.Id).ToArray()),
        Statement.Value(tombstones.Select(tombstone => tombstone.Deleted).ToArray()));

    private NpgsqlBatchCommand Of(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        Statement.Of(sql, [Statement.Value(Key.Id), Statement.Value(Key.Organization), .. parameters]);
}
