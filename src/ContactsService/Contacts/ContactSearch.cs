using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>What is asked of all that a caller can see.</summary>
/// <param name="Filter">All of them hold.</param>
/// <param name="Order">The id decides between equals.</param>
/// <param name="Offset">How many to leave out at the beginning.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record ContactSearchQuery(IReadOnlyList<PredicateAnyOf> Filter, IReadOnlyList<SortKey> Order, int Offset, int Limit);

/// <summary>The contacts asked for, and how many match without offset and limit.</summary>
internal sealed record ContactSearchResult(long Count, IReadOnlyList<ContactView> Contacts);

/// <summary>
/// Lists that are counted and read from an offset, as other vendors' callers expect; native pages (<see cref="ContactReader"/>)
/// neither count nor slip when others write.
/// </summary>
internal sealed class ContactSearch(Database database)
{
    // 100 of the largest contacts always fit; an answer that ended early would make its caller leave contacts out.
    private const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>What the caller sees in the own book and, behind it, in the organization's; count and contacts are of one moment.</summary>
    /// <exception cref="ProblemException"><c>invalid-filter</c>: the contacts are too large to be answered at once.</exception>
    public Task<ContactSearchResult> FindAsync(Caller caller, ContactSearchQuery question, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            await using var batch = Statement.Snapshot(connection, Count(caller, question), Read(caller, question));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var count = reader.GetInt64(0);
            await reader.NextResultAsync(cancellationToken);
            return new ContactSearchResult(count, await ReadAsync(reader, cancellationToken));
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

    private static NpgsqlBatchCommand Count(Caller caller, ContactSearchQuery question)
    {
        var sight = new Sight(caller, question);
        return sight.Sql.Append($"SELECT (SELECT count(*) FROM {sight.Own}) + (SELECT count(*) FROM {sight.Shared})").ToStatement();
    }

    // Places first, contacts behind: the way to a far offset leads over keys, not over whole contacts.
    private static NpgsqlBatchCommand Read(Caller caller, ContactSearchQuery question)
    {
        var sight = new Sight(caller, question);
        var limit = sight.Sql.Add((long)question.Limit, NpgsqlDbType.Bigint);
        var offset = sight.Sql.Add((long)question.Offset, NpgsqlDbType.Bigint);
        var order = Sorting.OrderBy(question.Order, "contact_id");
        string Branch(string from) =>
            $"(SELECT c.contact_id, {Sorting.KeyColumns(question.Order)} FROM {from} ORDER BY {order} LIMIT {limit} + {offset})";

        return sight.Sql.Append($"""
            SELECT {ContactView.Columns} FROM (
                {Branch(sight.Own)} UNION ALL {Branch(sight.Shared)} ORDER BY {order} LIMIT {limit} OFFSET {offset}) AS place
            JOIN LATERAL ({sight.One("place.contact_id")}) c ON true
            ORDER BY {Sorting.OrderBy(question.Order, "place.contact_id")}
            """).ToStatement();
    }

    /// <summary>What a caller sees and asks for, as two FROM clauses over the alias <c>c</c>: each is a range of an index that begins with its book.</summary>
    private sealed class Sight
    {
        private readonly string own;
        private readonly string shared;
        private readonly string organization;

        public Sight(Caller caller, ContactSearchQuery question)
        {
            own = Sql.Add(caller.Own.Id, NpgsqlDbType.Uuid);
            shared = Sql.Add(caller.Shared.Id, NpgsqlDbType.Uuid);
            organization = Sql.Add(caller.Organization, NpgsqlDbType.Text);
            Own = AllOwn(Table(caller.Own, question)) + Where(caller.Own, question);
            Shared = AllShared(Table(caller.Shared, question)) + Where(caller.Shared, question);
        }

        public SqlBuilder Sql { get; } = new();

        public string Own { get; }

        public string Shared { get; }

        private string AllOwn(string table) => VisibleContacts.Own(table, own, shared, organization);

        private string AllShared(string table) => VisibleContacts.Shared(table, own, shared, organization, onlyOwn: false);

        private string Table(BookKey book, ContactSearchQuery question) =>
            VisibleContacts.Table([.. question.Filter.Where(one => one.Alternatives is [[_]]).Select(one => one.Alternatives[0][0])], Sql, book);

        /// <summary>One contact that is seen, whole.</summary>
        public string One(string id) => $"""
            SELECT {VisibleContacts.OwnColumns} FROM {AllOwn("contact")} AND c.contact_id = {id}
            UNION ALL SELECT {ContactView.Columns} FROM {AllShared("contact")} AND c.contact_id = {id}
            """;

        private string Where(BookKey book, ContactSearchQuery question) =>
            string.Concat(question.Filter.Select(one => $" AND {one.Where(Sql, book.Id)}"));
    }
}
