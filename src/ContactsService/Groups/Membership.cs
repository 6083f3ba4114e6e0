using ContactsService.Books;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;

namespace ContactsService.Groups;

/// <summary>
/// Who is in which group. Written where the contact is, so that a contact is never read without its groups; its text
/// is not touched. All of it runs while the book is locked.
/// </summary>
internal sealed class Membership(WriteSession session, Clock clock)
{
    // $1 book, $2 organization, $3 contacts, $4 group; then version, time, default group
    private const string Chosen = "book_id = $1 AND organization = $2 AND contact_id = ANY($3)";

    private const string KnownSql = $"SELECT contact_id FROM contact WHERE {Chosen}";
    private const string MembersSql = "SELECT contact_id FROM contact WHERE book_id = $1 AND organization = $2 AND group_ids @> ARRAY[$3]";
    private const string OnlyHereSql = $"SELECT contact_id FROM contact WHERE {Chosen} AND group_ids = ARRAY[$4] LIMIT 1";

    private const string JoinSql = $"""
        UPDATE contact SET group_ids = group_ids || $4, version = $5, last_modified = $6
        WHERE {Chosen} AND NOT group_ids @> ARRAY[$4]
        RETURNING false
        """;

    private const string LeaveSql = $"""
        UPDATE contact
        SET group_ids = CASE WHEN cardinality(group_ids) = 1 THEN ARRAY[$7] ELSE array_remove(group_ids, $4) END, version = $5, last_modified = $6
        WHERE {Chosen} AND group_ids @> ARRAY[$4]
        RETURNING group_ids = ARRAY[$7]
        """;

    private const string RemoveContactsSql = """
        WITH gone AS (DELETE FROM contact WHERE book_id = $1 AND organization = $2 AND group_ids = ARRAY[$3] RETURNING contact_id)
        INSERT INTO tombstone (book_id, organization, version, noun, id, deleted) SELECT $1, $2, $4, 'contact', contact_id, $5 FROM gone
        """;

    private const string TouchSql = """
        UPDATE contact_group SET version = $4, last_modified = $5 WHERE book_id = $1 AND organization = $2 AND group_id = ANY($3)
        """;

    /// <summary>Adds and removes contacts.</summary>
    /// <returns>False when nothing had to be changed.</returns>
    /// <exception cref="ProblemException"><c>invalid-members</c>, <c>last-group</c>, <c>group-limit</c>.</exception>
    public async Task<bool> ChangeAsync(LockedBook book, Guid groupId, MembershipDraft draft, CancellationToken cancellation)
    {
        await DemandKnownAsync(book, "add", draft.Add, cancellation);
        await DemandKnownAsync(book, "remove", draft.Remove, cancellation);
        return await MoveAsync(book, groupId, draft.Add, draft.Remove, cancellation);
    }

    /// <summary>Makes these contacts, and no others, the members.</summary>
    /// <exception cref="ProblemException">As for <see cref="ChangeAsync"/>.</exception>
    public async Task SetAsync(LockedBook book, Guid groupId, IReadOnlyList<string> members, CancellationToken cancellation)
    {
        await DemandKnownAsync(book, "members", members, cancellation);
        var current = await ListAsync(book, groupId, cancellation);
        await MoveAsync(book, groupId, [.. members.Except(current, StringComparer.Ordinal)], [.. current.Except(members, StringComparer.Ordinal)], cancellation);
    }

    /// <summary>Takes all contacts out, before the group is deleted.</summary>
    /// <param name="book">The locked book.</param>
    /// <param name="groupId">The group; not the default one.</param>
    /// <param name="contactsToo">True to remove those that are in no other group, instead of moving them to the default group.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task EmptyAsync(LockedBook book, Guid groupId, bool contactsToo, CancellationToken cancellation)
    {
        if (contactsToo)
        {
            await session.RunAsync(cancellation, Statement.Of(
                RemoveContactsSql,
                Statement.Value(book.Key.Id),
                Statement.Value(book.Key.Organization),
                Statement.Value(groupId),
                Statement.Value(book.NextVersion),
                Statement.Value(clock.Now)));
        }

        await MoveAsync(book, groupId, [], await ListAsync(book, groupId, cancellation), cancellation);
    }

    /// <summary>The ids of a group's contacts.</summary>
    public Task<List<string>> ListAsync(LockedBook book, Guid groupId, CancellationToken cancellation) => ReadIdsAsync(
        Statement.Of(MembersSql, Statement.Value(book.Key.Id), Statement.Value(book.Key.Organization), Statement.Value(groupId)), cancellation);

    /// <summary>True when the book has this contact.</summary>
    public async Task<bool> KnowsAsync(LockedBook book, string contactId, CancellationToken cancellation) =>
        (await ReadIdsAsync(OfContacts(KnownSql, book, [contactId]), cancellation)).Count > 0;

    private async Task DemandKnownAsync(LockedBook book, string member, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var known = await ReadIdsAsync(OfContacts(KnownSql, book, ids), cancellation);
        var errors = new MemberErrors();
        for (var i = 0; i < ids.Count; i++)
        {
            if (!known.Contains(ids[i]))
            {
                errors.Add($"{member}[{i}]", "It is no contact of your book.");
            }
        }

        errors.ThrowIfAny();
    }

    private async Task<bool> MoveAsync(LockedBook book, Guid groupId, IReadOnlyList<string> joining, IReadOnlyList<string> leaving, CancellationToken cancellation)
    {
        var isDefault = book.DefaultGroupId == groupId;
        if (isDefault && leaving.Count > 0 && await OnlyHereAsync(book, groupId, leaving, cancellation) is { } last)
        {
            throw new ProblemException(Problems.LastGroup, "It is in no group but the default one: add it to another group first, or delete it.")
            {
                Extensions = { ["contactId"] = last },
            };
        }

        var now = clock.Now;
        var join = OfContacts(JoinSql, book, joining, Statement.Value(groupId), Statement.Value(book.NextVersion), Statement.Value(now));
        var leave = OfContacts(
            LeaveSql, book, leaving, Statement.Value(groupId), Statement.Value(book.NextVersion), Statement.Value(now), Statement.Value(book.DefaultGroupId!.Value));
        List<bool> moved;
        try
        {
            moved = [.. await ReadFlagsAsync(join, joining, cancellation), .. await ReadFlagsAsync(leave, leaving, cancellation)];
        }
        catch (PostgresException refused) when (refused.ConstraintName == "contact_group_limit")
        {
            throw new ProblemException(Problems.GroupLimit, "One of the contacts is in 100 groups already.");
        }

        if (moved.Count == 0)
        {
            return false;
        }

        Guid[] touched = moved.Contains(true) ? [groupId, book.DefaultGroupId!.Value] : [groupId];
        await session.RunAsync(cancellation, Statement.Of(
            TouchSql,
            Statement.Value(book.Key.Id),
            Statement.Value(book.Key.Organization),
            Statement.Value(touched),
            Statement.Value(book.NextVersion),
            Statement.Value(now)));
        return true;
    }

    private async Task<string?> OnlyHereAsync(LockedBook book, Guid groupId, IReadOnlyList<string> ids, CancellationToken cancellation) =>
        (await ReadIdsAsync(OfContacts(OnlyHereSql, book, ids, Statement.Value(groupId)), cancellation)).FirstOrDefault();

    private static NpgsqlBatchCommand OfContacts(string sql, LockedBook book, IReadOnlyList<string> ids, params ReadOnlySpan<NpgsqlParameter> more) =>
        Statement.Of(sql, [
            Statement.Value(book.Key.Id), Statement.Value(book.Key.Organization), Statement.Value(ids.ToArray()), .. more]);

    private Task<List<string>> ReadIdsAsync(NpgsqlBatchCommand statement, CancellationToken cancellation) =>
        session.RunAsync(reader => ReadAllAsync(reader, row => row.GetString(0), cancellation), cancellation, statement);

    private async Task<List<bool>> ReadFlagsAsync(NpgsqlBatchCommand statement, IReadOnlyList<string> ids, CancellationToken cancellation) =>
        ids.Count == 0 ? [] : await session.RunAsync(reader => ReadAllAsync(reader, row => row.GetBoolean(0), cancellation), cancellation, statement);

    private static async Task<List<T>> ReadAllAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> one, CancellationToken cancellation)
    {
        var all = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            all.Add(one(reader));
        }

        return all;
    }
}
