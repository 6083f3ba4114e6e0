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

    // Reading so many matches takes as long as people wait for an answer at each key; a walk by name is shorter where it leads to 20 of
    // them.
    private const long ManyMatches = 3000;
    private const long MaxWalked = 2000;

    // As many contacts, the first by name and the first by id, tell what is in many, such as a company or the beginning of all numbers.
    private const int SampleSize = 32;
    private const int ManyInSample = 4;

    // Behind the columns of the contact.
    private const int FoundColumn = ContactView.ColumnCount;

    /// <summary>The words, all of which match.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    private SearchScope Scope { get; init; } = SearchScope.All;

    private bool OnlyWhole { get; init; }

    // True when contacts without any whole word are left out.
    private bool HasWhole { get; init; }

    // Better steps, whose contacts are left out.
    private IReadOnlyList<WordSearchStep> Better { get; init; } = [];

    // True when contacts differ in rank.
    private bool IsRanked { get; init; }

    // The most matches to read of each book; null for all.
    private long? MaxMatches { get; init; }

    // True when each book is read by name, false when the index is.
    private bool Walks { get; init; }

    /// <summary>All contacts that match in any way, in their order.</summary>
    public static WordSearchStep All(IReadOnlyList<QueryTerm> terms) => new() { Terms = terms, IsRanked = true };

    /// <summary>The same; incomplete when a book has many.</summary>
    public static WordSearchStep Few(QueryTerm term) => new() { Terms = [term], IsRanked = true, MaxMatches = ManyMatches };

    /// <summary>
    /// The contacts that match a single word, one rank after the other: contacts of a tier are equal but for book and name. Of whole words
    /// there are few more often than not, of beginnings many.
    /// </summary>
    public static List<WordSearchStep> Tiers(QueryTerm term)
    {
        var wholeNames = new WordSearchStep { Terms = [term], Scope = SearchScope.Names, OnlyWhole = true, MaxMatches = ManyMatches };
        var whole = wholeNames with { Scope = SearchScope.Others, Better = [wholeNames] };
        var names = new WordSearchStep
        {
            Terms = [term],
            Scope = SearchScope.Names,
            Better = [wholeNames, whole],
            Walks = !term.IsNumber,
            MaxMatches = term.IsNumber ? ManyMatches : null,
        };
        var others = names with { Scope = SearchScope.Others, Better = [wholeNames, whole, names], Walks = true, MaxMatches = null };
        return [wholeNames, whole, names, others];
    }

    /// <summary>
    /// The best contacts for several words of one or two letters: those with a whole word, then those that match by their names.
    /// </summary>
    public static List<WordSearchStep> ShortTiers(IReadOnlyList<QueryTerm> terms)
    {
        var whole = new WordSearchStep { Terms = terms, HasWhole = true, IsRanked = true, MaxMatches = ManyMatches };
        return [whole, new() { Terms = terms, Scope = SearchScope.Names, Better = [whole], Walks = true }];
    }

    /// <summary>The same contacts, read in another way: too many by name, too few to be met soon from the index.</summary>
    public WordSearchStep Otherwise() => this with { Walks = !Walks, MaxMatches = null };

    /// <summary>The statement.</summary>
    public NpgsqlBatchCommand ToStatement(Caller caller, FindQuery query)
    {
        var visible = new VisibleContacts(caller, new And([
            new IndexTest(Indexed) { MaxWalked = Walks ? MaxWalked : null },
            new SqlTest(compiler => Matches(compiler, "c.")),
            .. query.Filter.Conjuncts]));
        var pageSize = visible.Sql.Add((long)query.PageSize, NpgsqlDbType.Bigint);
        var books = visible.Sources.Select((source, i) => Book(visible, source, i, pageSize)).ToList();
        var all = string.Join(" UNION ALL ", books.Select((_, i) => $"SELECT * FROM matches{i}"));
        var counts = string.Join(", ", books.Select((_, i) => MaxMatches is null
            ? $"(SELECT count(*) FROM matches{i})"
            : $"(SELECT CASE WHEN sample{i}.found < {ManyInSample} THEN (SELECT count(*) FROM matches{i}) ELSE {ManyMatches} + 1 END"
                + $" FROM sample{i})"));
        const string Order = "rank, is_own DESC, sort_name, contact_id";
        return visible.Sql.Append($"""
            WITH {string.Join(", ", books)},
            place AS MATERIALIZED (SELECT * FROM ({all}) found ORDER BY {Order} LIMIT {pageSize})
            SELECT {ContactView.Columns}, info.found
            FROM (SELECT greatest({counts}) AS found) info
            LEFT JOIN (place JOIN LATERAL ({VisibleContacts.One("place.contact_id")}) c ON true) ON true
            ORDER BY place.rank, place.is_own DESC, place.sort_name, place.contact_id
            """).ToStatement();
    }

    /// <summary>Reads the contacts, up to a number of them.</summary>
    /// <returns>False when there may be better ones than were read.</returns>
    public async Task<bool> ReadAsync(
        NpgsqlDataReader reader, List<ContactView> contacts, int pageSize, CancellationToken cancellationToken)
    {
        var found = 0L;
        while (await reader.ReadAsync(cancellationToken))
        {
            found = reader.GetInt64(FoundColumn);
            if (contacts.Count < pageSize && !await reader.IsDBNullAsync(0, cancellationToken))
            {
                contacts.Add(ContactView.Read(reader));
            }
        }

        return Walks ? contacts.Count == pageSize : MaxMatches is null || found <= MaxMatches;
    }

    // The matches in one book as common table expressions.
    private string Book(VisibleContacts visible, VisibleSource source, int i, string pageSize)
    {
        var sample = "";
        var notMany = "";
        var limit = Walks ? $" ORDER BY c.sort_name, c.contact_id LIMIT {pageSize}" : "";
        if (MaxMatches is { } max)
        {
            sample = $"sample{i} AS MATERIALIZED (SELECT count(*) AS found FROM {source.Sample(SampleSize)}"
                + $" WHERE {Indexed(source.Compiler, "listed.")}), ";
            notMany = $" AND (SELECT found FROM sample{i}) < {ManyInSample}";
            limit = $" LIMIT {visible.Sql.Add(max + 1, NpgsqlDbType.Bigint)}";
        }

        return $"""
            {sample}matches{i} AS MATERIALIZED (
                SELECT c.contact_id, {(IsRanked ? Rank(source.Compiler) : "0")} AS rank,
                       {(source.IsOwn ? "true" : "c.is_own")} AS is_own, c.sort_name
                FROM {source.From}{notMany}{limit})
            """;
    }

    // Words of one or two letters would make the index read long lists: beside longer words, they are tested afterwards.
    private string Indexed(PredicateSql compiler, string alias) => HasWhole
        ? $"{alias}search @@ {compiler.SearchQuery(AnyWhole)}"
        : Test(compiler, alias, Terms.Any(term => !term.IsShort) ? [.. Terms.Where(term => !term.IsShort)] : Terms);

    private string AnyWhole(Guid bookId) =>
        string.Join(" | ", Terms.Select(term => term.ToQuery(bookId, SearchScope.All, onlyWhole: true)));

    // What the index has not tested.
    private string Matches(PredicateSql compiler, string alias)
    {
        var isIndexed = !HasWhole && !(Terms.Any(term => term.IsShort) && Terms.Any(term => !term.IsShort));
        var better = Better.Select(step => step.HasWhole
            ? $"NOT {alias}search @@ {compiler.SearchQuery(step.AnyWhole)}"
            : $"NOT {step.Test(compiler, alias, step.Terms)}");
        return $"({string.Join(" AND ", better.Prepend(isIndexed ? "true" : Test(compiler, alias, Terms)))})";
    }

    private string Test(PredicateSql compiler, string alias, IReadOnlyList<QueryTerm> terms) =>
        $"{alias}search @@ {compiler.SearchQuery(bookId => SearchQuery.ToQuery(terms, bookId, Scope, OnlyWhole))}";

    // 0 for whole words in names only.
    private string Rank(PredicateSql compiler)
    {
        string Test(QueryTerm term, SearchScope scope, bool onlyWhole) =>
            $"c.search @@ {compiler.SearchQuery(bookId => term.ToQuery(bookId, scope, onlyWhole))}";

        return Terms.Count == 0 ? "0" : string.Join(" + ", Terms.Select(term => $"""
            CASE WHEN {Test(term, SearchScope.Names, true)} THEN 0 WHEN {Test(term, SearchScope.All, true)} THEN {NotInName}
                 WHEN {Test(term, SearchScope.Names, false)} THEN {NotWhole} ELSE {NotWhole + NotInName} END
            """));
    }
}
