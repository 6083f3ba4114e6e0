using ContactsService.Access;
using ContactsService.Filtering;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>One statement of a <see cref="WordSearch"/>: contacts that match in one way, the best first.</summary>
internal sealed record WordSearchStep
{
    // What a word adds to the rank of a contact. However many words there are, one more whole word counts more than all places together.
    private const int NotWhole = 100;
    private const int NotInName = 1;

    // Behind the columns of the contact.
    private const int FoundColumn = ContactView.ColumnCount;

    /// <summary>The words, all of which match.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    private bool OnlyNames { get; init; }

    private bool OnlyWhole { get; init; }

    // Better tiers, whose contacts are left out.
    private IReadOnlyList<WordSearchStep> Better { get; init; } = [];

    // The most matches to read of each book; null for all.
    private long? MaxMatches { get; init; }

    // Null when the index is read.
    private long? MaxWalked { get; init; }

    /// <summary>All contacts that match in any way, in their order.</summary>
    /// <param name="terms">The words.</param>
    /// <param name="limit">When a book has more matches, the step is incomplete; null for no limit.</param>
    public static WordSearchStep AllMatches(IReadOnlyList<QueryTerm> terms, long? limit) => new() { Terms = terms, MaxMatches = limit };

    /// <summary>
    /// The contacts that match a single word, one rank after the other: contacts of a tier are equal but for book and name. Of whole words there
    /// are few more often than not, of beginnings many.
    /// </summary>
    public static List<WordSearchStep> Tiers(QueryTerm term, long maxMatches, long maxWalked)
    {
        var wholeNames = new WordSearchStep { Terms = [term], OnlyNames = true, OnlyWhole = true, MaxMatches = maxMatches };
        var whole = new WordSearchStep { Terms = [term], OnlyWhole = true, MaxMatches = maxMatches, Better = [wholeNames] };
        var names = new WordSearchStep { Terms = [term], OnlyNames = true, MaxWalked = maxWalked, Better = [whole] };
        return [wholeNames, whole, names, new() { Terms = [term], MaxWalked = maxWalked, Better = [whole, names] }];
    }

    /// <summary>The same contacts, read in another way: too many by name, too few to be met soon from the index.</summary>
    public WordSearchStep Otherwise() => MaxMatches is null ? this with { MaxWalked = null } : this with { MaxMatches = null, MaxWalked = 5 * MaxMatches };

    /// <summary>The statement.</summary>
    public NpgsqlBatchCommand ToStatement(Caller caller, FindQuery query)
    {
        var visible = new VisibleContacts(caller, new And([
            new IndexTest((compiler, alias) => Matches(compiler, alias, Indexed)) { MaxWalked = MaxWalked },
            new SqlTest(compiler => $"({Matches(compiler, "c.", Terms)}{string.Concat(Better.Select(tier => $" AND NOT {tier.Matches(compiler, "c.", tier.Terms)}"))})"),
            .. query.Filter.Conjuncts]));
        var pageSize = visible.Sql.Add((long)query.PageSize, NpgsqlDbType.Bigint);
        var limit = MaxWalked is not null ? $"ORDER BY c.sort_name, c.contact_id LIMIT {pageSize}"
            : MaxMatches is { } most ? $"LIMIT {visible.Sql.Add(most + 1, NpgsqlDbType.Bigint)}" : "";
        var names = visible.Sources.Select((_, i) => $"matches{i}").ToList();
        var books = visible.Sources.Select((source, i) => $"""
            {names[i]} AS MATERIALIZED (
                SELECT c.contact_id, {Rank(source.Compiler)} AS rank, {(source.IsOwn ? "true" : "c.is_own")} AS is_own, c.sort_name
                FROM {source.From} {limit})
            """);
        const string Order = "rank, is_own DESC, sort_name, contact_id";
        return visible.Sql.Append($"""
            WITH {string.Join(", ", books)},
            place AS MATERIALIZED (
                SELECT * FROM ({string.Join(" UNION ALL ", names.Select(name => $"SELECT * FROM {name}"))}) found ORDER BY {Order} LIMIT {pageSize})
            SELECT {ContactView.Columns}, (SELECT greatest({string.Join(", ", names.Select(name => $"(SELECT count(*) FROM {name})"))}))
            FROM place JOIN LATERAL ({VisibleContacts.One("place.contact_id")}) c ON true
            ORDER BY place.rank, place.is_own DESC, place.sort_name, place.contact_id
            """).ToStatement();
    }

    /// <summary>Reads the contacts, up to a number of them.</summary>
    /// <returns>False when there may be better ones than were read.</returns>
    public async Task<bool> ReadAsync(NpgsqlDataReader reader, List<ContactView> contacts, int pageSize, CancellationToken cancellationToken)
    {
        var found = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            found = reader.GetInt64(FoundColumn);
            if (contacts.Count < pageSize)
            {
                contacts.Add(ContactView.Read(reader));
            }
        }

        return MaxWalked is not null ? contacts.Count == pageSize : MaxMatches is null || found <= MaxMatches;
    }

    // Words of one or two letters would make the index read long lists: beside longer words, they are tested afterwards.
    private List<QueryTerm> Indexed => Terms.Any(term => !term.IsShort) ? [.. Terms.Where(term => !term.IsShort)] : [.. Terms];

    private string Matches(PredicateSql compiler, string alias, IReadOnlyList<QueryTerm> terms) =>
        $"{alias}search @@ {compiler.SearchQuery(bookId => SearchQuery.ToQuery(terms, bookId, OnlyNames, OnlyWhole))}";

    // 0 for whole words in names only.
    private string Rank(PredicateSql compiler)
    {
        string Test(QueryTerm term, bool onlyNames, bool onlyWhole) =>
            $"c.search @@ {compiler.SearchQuery(bookId => term.ToQuery(bookId, onlyNames, onlyWhole))}";

        return Better.Count > 0 || OnlyNames || Terms.Count == 0 ? "0" : string.Join(" + ", Terms.Select(term => $"""
            CASE WHEN {Test(term, true, true)} THEN 0 WHEN {Test(term, false, true)} THEN {NotInName}
                 WHEN {Test(term, true, false)} THEN {NotWhole} ELSE {NotWhole + NotInName} END
            """));
    }
}
