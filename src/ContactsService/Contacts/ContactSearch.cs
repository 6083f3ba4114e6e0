using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>What is asked of all that a caller can see.</summary>
/// <param name="Filter">What has to hold.</param>
/// <param name="Order">The id decides between equals.</param>
/// <param name="Offset">How many to leave out at the beginning.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record ContactSearchQuery(Predicate Filter, IReadOnlyList<SortKey> Order, int Offset, int Limit);

/// <summary>The contacts asked for, and how many match without offset and limit.</summary>
internal sealed record ContactSearchResult(long Count, IReadOnlyList<ContactView> Contacts);

/// <summary>
/// Lists that are counted and read from an offset, as other vendors' callers expect; native pages (<see cref="ContactReader"/>)
/// neither count nor slip when others write.
/// </summary>
internal sealed class ContactSearch(SnapshotReader snapshot)
{
    // 100 of the largest contacts always fit; an answer that ended early would make its caller leave contacts out.
    private const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>What the caller sees in the own book and, behind it, in the organization's; count and contacts are of one moment.</summary>
    /// <param name="request">Whose address the answer is kept for.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="render">Creates the answer.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: the contacts are too large to be answered at once.</exception>
    public Task<Answer> ListAsync(
        HttpRequest request,
        Caller caller,
        ContactSearchQuery query,
        Func<ContactSearchResult, Answer> render,
        CancellationToken cancellationToken) => snapshot.ReadAsync(
            request,
            caller.Own,
            SnapshotReader.RevisionsOrZero(caller.Own, caller.Shared),
            Precondition.None,
            () => [Count(caller, query), Read(caller, query)],
            async (reader, _) =>
            {
                await reader.NextResultAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                var count = reader.GetInt64(0);
                await reader.NextResultAsync(cancellationToken);
                return render(new(count, await ReadAsync(reader, cancellationToken)));
            },
            cancellationToken);

    private static async Task<List<ContactView>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var contacts = new List<ContactView>();
        for (var bytes = 0; await reader.ReadAsync(cancellationToken);)
        {
            var contact = ContactView.Read(reader);
            contacts.Add(contact);
            bytes += contact.Body.Length;
            if (bytes > MaxBytes)
            {
                const string Why = "These contacts are too large for one answer; ask for at most 100 at once.";
                throw new ProblemException(Problems.InvalidFilter, Why) { Errors = { ["limit"] = [Why] } };
            }
        }

        return contacts;
    }

    private static NpgsqlBatchCommand Count(Caller caller, ContactSearchQuery query)
    {
        var visible = new VisibleContacts(caller, query.Filter);
        var counts = visible.Sources.Select(source => $"(SELECT count(*) FROM {source.From})");
        return visible.Sql.Append($"SELECT {string.Join(" + ", counts)}").ToStatement();
    }

    // Places first, contacts behind: the way to a far offset leads over keys, not over whole contacts.
    private static NpgsqlBatchCommand Read(Caller caller, ContactSearchQuery query)
    {
        var visible = new VisibleContacts(caller, query.Filter);
        var limit = visible.Sql.Add((long)query.Limit, NpgsqlDbType.Bigint);
        var offset = visible.Sql.Add((long)query.Offset, NpgsqlDbType.Bigint);
        var order = Sorting.OrderBy(query.Order, "contact_id");
        var keys = Sorting.KeyColumns(query.Order);
        var places = visible.Sources.Select(source =>
            $"(SELECT c.contact_id, {keys} FROM {source.From} ORDER BY {order} LIMIT {limit} + {offset})");
        return visible.Sql.Append($"""
            SELECT {ContactView.Columns} FROM (
                {string.Join(" UNION ALL ", places)} ORDER BY {order} LIMIT {limit} OFFSET {offset}) AS place
            JOIN LATERAL ({VisibleContacts.One("place.contact_id")}) c ON true
            ORDER BY {Sorting.OrderBy(query.Order, "place.contact_id")}
            """).ToStatement();
    }
}
