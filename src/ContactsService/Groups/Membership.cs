using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>
/// Writes which contacts are in which groups. Membership is a column of the contact, so that a contact is never read without its groups;
/// the contact's text does not change. It is SQL because one statement moves any number of contacts.
/// </summary>
internal sealed class Membership(BookTransaction transaction)
{
    // $1 book, $2 organization, $3 group, $4 versions of the group, $5 joining, $6 leaving, $7 version and $8 time (null: the next ones)
    private const string MoveSql = """
        WITH place AS (
            SELECT coalesce($7, b.revision + 1) AS version, b.default_group_id, g.version AS group_version,
                   coalesce($8, greatest(clock_timestamp(), b.last_write + interval '1 microsecond')) AS now
            FROM book b JOIN contact_group g ON g.book_id = b.book_id AND g.organization = b.organization AND g.group_id = $3
            WHERE b.book_id = $1 AND b.organization = $2
            FOR NO KEY UPDATE OF b),
        named AS (
            SELECT c.contact_id, c.group_ids, c.contact_id = ANY($6) AS leaves FROM contact c
            WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = ANY($5 || $6)),
        checked AS (
            SELECT place.*,
                   ARRAY(SELECT id FROM unnest($5 || $6) id WHERE id NOT IN (SELECT contact_id FROM named)) AS unknown,
                   (SELECT contact_id FROM named WHERE leaves AND default_group_id = $3 AND group_ids = ARRAY[$3] LIMIT 1) AS only_here
            FROM place),
        allowed AS (
            SELECT * FROM checked WHERE ($4::bigint[] IS NULL OR group_version = ANY($4)) AND unknown = '{}' AND only_here IS NULL),
        joined AS (
            UPDATE contact c SET group_ids = c.group_ids || $3, version = allowed.version, last_modified = allowed.now FROM allowed, named
            WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = named.contact_id
              AND NOT named.leaves AND NOT named.group_ids @> ARRAY[$3]
            RETURNING c.contact_id),
        parted AS (
            UPDATE contact c SET version = allowed.version, last_modified = allowed.now,
                group_ids = CASE WHEN cardinality(c.group_ids) = 1
                    THEN ARRAY[allowed.default_group_id] ELSE array_remove(c.group_ids, $3) END
            FROM allowed, named
            WHERE c.book_id = $1 AND c.organization = $2 AND c.contact_id = named.contact_id
              AND named.leaves AND named.group_ids @> ARRAY[$3]
            RETURNING cardinality(named.group_ids) = 1 AS is_moved),
        counted AS (
            SELECT (SELECT count(*) FROM joined)::int AS joined, (SELECT count(*) FROM parted)::int AS parted,
                   (SELECT count(*) FROM parted WHERE is_moved)::int AS moved),
        touched AS (
            UPDATE contact_group g SET version = allowed.version, last_modified = allowed.now,
                member_count = member_count + CASE WHEN g.group_id = $3 THEN counted.joined - counted.parted ELSE counted.moved END
            FROM allowed, counted
            WHERE g.book_id = $1 AND g.organization = $2 AND counted.joined + counted.parted > 0
              AND (g.group_id = $3 OR (g.group_id = allowed.default_group_id AND counted.moved > 0))),
        raised AS (
            UPDATE book SET revision = allowed.version, last_write = allowed.now FROM allowed, counted
            WHERE book.book_id = $1 AND book.organization = $2 AND counted.joined + counted.parted > 0)
        SELECT checked.group_version, checked.unknown, checked.only_here, counted.joined + counted.parted, checked.version
        FROM checked, counted
        """;

    private const string RemoveContactsSql = """
        WITH gone AS (DELETE FROM contact WHERE book_id = $1 AND organization = $2 AND group_ids = ARRAY[$3] RETURNING contact_id)
        INSERT INTO tombstone (book_id, organization, version, kind, id, deleted) SELECT $1, $2, $4, 'contact', contact_id, $5 FROM gone
        """;

    private const string MembersSql = "SELECT contact_id FROM contact WHERE book_id = $1 AND organization = $2 AND group_ids @> ARRAY[$3]";

    /// <summary>Adds and removes contacts, in one round trip.</summary>
    /// <returns>The version of the group; null when the book does not have the group.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>stale</c>, <c>last-group</c>, <c>group-limit</c>.</exception>
    public async Task<long?> ChangeAsync(
        BookKey book, Guid groupId, MembershipDraft draft, Precondition precondition, CancellationToken cancellationToken)
    {
        var move = await MoveAsync(
            book, MoveStatement(book, groupId, precondition.Versions(book.Tag), draft.Add, draft.Remove), cancellationToken);
        if (move is null)
        {
            return null;
        }

        GroupChecks.RequireCurrent(book, precondition, move.GroupVersion);
        GroupChecks.RequireKnown("add", draft.Add, move.Unknown);
        GroupChecks.RequireKnown("remove", draft.Remove, move.Unknown);
        return move.Version;
    }

    /// <summary>Adds or removes one contact, in one round trip.</summary>
    /// <returns>The version of the group; null when the book does not have the group or the contact.</returns>
    /// <exception cref="ProblemException"><c>stale</c>, <c>last-group</c>, <c>group-limit</c>.</exception>
    public async Task<long?> ChangeOneAsync(
        BookKey book, Guid groupId, MembershipDraft draft, Precondition precondition, CancellationToken cancellationToken)
    {
        var move = await MoveAsync(
            book, MoveStatement(book, groupId, precondition.Versions(book.Tag), draft.Add, draft.Remove), cancellationToken);
        if (move is null || move.Unknown.Length > 0)
        {
            return null;
        }

        GroupChecks.RequireCurrent(book, precondition, move.GroupVersion);
        return draft.Remove.Count > 0 && !move.IsChanged ? null : move.Version;
    }

    /// <summary>Makes these contacts the only members. Part of the open operation.</summary>
    /// <exception cref="ProblemException">The same as for <see cref="ChangeAsync"/>.</exception>
    public async Task SetAsync(BookKey book, Guid groupId, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        var current = await ListAsync(book, groupId, cancellationToken);
        var joining = members.Except(current, StringComparer.Ordinal).ToList();
        var leaving = current.Except(members, StringComparer.Ordinal).ToList();
        var move = await MoveAsync(book, MoveWithin(book, groupId, joining, leaving), cancellationToken);
        GroupChecks.RequireKnown("members", members, move!.Unknown);
    }

    /// <summary>
    /// Removes all contacts from a group before it is deleted. It must not be the default group. Part of the open operation.
    /// </summary>
    /// <param name="book">The open book.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="deletesContacts">
    /// True to delete the contacts that are in no other group, instead of moving them to the default group.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task EmptyAsync(BookKey book, Guid groupId, bool deletesContacts, CancellationToken cancellationToken)
    {
        if (deletesContacts)
        {
            await transaction.RunAsync(cancellationToken, Statement.Of(
                RemoveContactsSql,
                Statement.Value(book.Id),
                Statement.Value(book.Organization),
                Statement.Value(groupId),
                Statement.Value(transaction.NextVersion),
                Statement.Value(transaction.Now)));
        }

        await MoveAsync(book, MoveWithin(book, groupId, [], await ListAsync(book, groupId, cancellationToken)), cancellationToken);
    }

    private Task<List<string>> ListAsync(BookKey book, Guid groupId, CancellationToken cancellationToken) => transaction.RunAsync(
        async reader =>
        {
            var ids = new List<string>();
            while (await reader.ReadAsync(CancellationToken.None))
            {
                ids.Add(reader.GetString(0));
            }

            return ids;
        },
        cancellationToken,
        Statement.Of(MembersSql, Statement.Value(book.Id), Statement.Value(book.Organization), Statement.Value(groupId)));

    private async Task<Move?> MoveAsync(BookKey book, NpgsqlBatchCommand statement, CancellationToken cancellationToken)
    {
        Move? move;
        try
        {
            move = await transaction.OnceAsync(
                book,
                statement,
                row => new Move(
                    row.GetInt64(0), row.GetFieldValue<string[]>(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(
                        3) > 0, row.GetInt64(4)),
                cancellationToken);
        }
        catch (PostgresException conflict) when (conflict.ConstraintName == "contact_group_limit")
        {
            throw GroupChecks.GroupLimit();
        }

        return move is not { LastContact: { } contactId } || move.Unknown.Length > 0
            ? move
            : throw GroupChecks.LastGroup(contactId);
    }

    private static NpgsqlBatchCommand MoveStatement(
        BookKey book, Guid groupId, long[]? versions, IReadOnlyList<string> joining, IReadOnlyList<string> leaving) =>
        MoveStatement(book, groupId, versions, joining, leaving, version: null, now: null);

    private NpgsqlBatchCommand MoveWithin(BookKey book, Guid groupId, IReadOnlyList<string> joining, IReadOnlyList<string> leaving) =>
        MoveStatement(book, groupId, versions: null, joining, leaving, transaction.NextVersion, transaction.Now);

    private static NpgsqlBatchCommand MoveStatement(
        BookKey book,
        Guid groupId,
        long[]? versions,
        IReadOnlyList<string> joining,
        IReadOnlyList<string> leaving,
        long? version,
        DateTime? now) =>
        Statement.Of(
            MoveSql,
            Statement.Value(book.Id),
            Statement.Value(book.Organization),
            Statement.Value(groupId),
            Statement.Value(versions),
            Statement.Value(joining.ToArray()),
            Statement.Value(leaving.ToArray()),
            Statement.Value(version),
            Statement.Value(now));

    /// <summary>
    /// The result of a move. It changed nothing when a contact was unknown, the group stale, or a contact in no other group.
    /// </summary>
    private sealed record Move(long GroupVersion, string[] Unknown, string? LastContact, bool IsChanged, long NextVersion)
    {
        /// <summary>The version of the group after the move.</summary>
        public long Version => IsChanged ? NextVersion : GroupVersion;
    }
}
