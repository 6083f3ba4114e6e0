using System.Buffers;
using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Organizations;
using Npgsql;
using NpgsqlTypes;

namespace ContactsService.Contacts;

/// <summary>
/// Searches: the best matches, without groups and further pages. For a <see cref="CallerNumber"/>, an index finds the candidates of
/// each book, SQL orders them, and they are checked and ranked with the organization's region of the same snapshot.
/// </summary>
internal sealed class ContactFinder(SnapshotReader snapshot, WordSearch words)
{
    // A switchboard with more extensions than the first candidates is rare; the second read then has all of them.
    private const int MoreCandidates = 100;

    // The columns behind those of the contact.
    private const int RankColumn = ContactView.ColumnCount;

    public async Task<Answer> FindAsync(Caller caller, FindQuery query, Precondition precondition, CancellationToken cancellationToken)
    {
        if (query.Words is not null)
        {
            return await words.FindAsync(caller, query, precondition, cancellationToken);
        }

        Answer? answer = null;
        for (var limit = (long)Math.Max(CallerNumber.MaxCandidates, query.PageSize); answer is null; limit *= MoreCandidates)
        {
            answer = await FindAsync(caller, query, limit, precondition, cancellationToken);
        }

        return answer;
    }

    // Null when there may be better matches behind the last candidate.
    private async Task<Answer?> FindAsync(
        Caller caller, FindQuery query, long limit, Precondition precondition, CancellationToken cancellationToken)
    {
        var isComplete = true;
        var answer = await snapshot.ReadAsync(
            request: null, // a read that was not complete must not be kept
            caller.Own,
            SnapshotReader.RevisionsOrZero(caller.Own, caller.Shared),
            precondition,
            () => [OrganizationSettings.ReadRegion(caller.Shared), Statement(caller, query, limit)],
            async (reader, etag) =>
            {
                await reader.NextResultAsync(cancellationToken);
                var region = await OrganizationSettings.ReadRegionAsync(reader, cancellationToken);
                await reader.NextResultAsync(cancellationToken);
                var (candidates, matches) = await ReadAsync(reader, query.CallerNumber!, region, cancellationToken);
                isComplete = candidates < limit || matches.Count(match => match.Rank == match.SqlRank) >= query.PageSize;
                // Among equals, the order of the statement.
                var best = matches.OrderBy(match => match.Rank).ThenByDescending(match => match.Contact.IsOwn).Take(query.PageSize);
                return Write(caller, query, best.Select(match => match.Contact), etag);
            },
            cancellationToken);
        return isComplete ? answer : null;
    }

    private static async Task<(int Candidates, List<Match> Matches)> ReadAsync(
        NpgsqlDataReader reader, CallerNumber number, string? region, CancellationToken cancellationToken)
    {
        var candidates = 0;
        var matches = new List<Match>();
        for (; await reader.ReadAsync(cancellationToken); candidates++)
        {
            var contact = ContactView.Read(reader);
            var sqlRank = reader.GetInt32(RankColumn);
            if (number.Rank(contact, region) is { } rank)
            {
                matches.Add(new(contact, rank, sqlRank));
            }
        }

        return (candidates, matches);
    }

    /// <summary>The answer of a search.</summary>
    public static Answer Write(Caller caller, FindQuery query, IEnumerable<ContactView> contacts, string etag)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        output.Write("{\"contacts\":["u8);
        var isFirst = true;
        foreach (var contact in contacts)
        {
            if (!isFirst)
            {
                output.Write(","u8);
            }

            contact.Write(output, caller, query.Fields);
            isFirst = false;
        }

        output.Write("]}"u8);
        return new(StatusCodes.Status200OK, output.WrittenMemory) { ETag = etag };
    }

    private static NpgsqlBatchCommand Statement(Caller caller, FindQuery query, long limit)
    {
        const string Order = "ORDER BY rank, is_own DESC, sort_name, contact_id";
        var visible = new VisibleContacts(caller, new And([query.CallerNumber!.Candidates, .. query.Filter.Conjuncts]));
        var max = visible.Sql.Add(limit, NpgsqlDbType.Bigint);
        var books = visible.Sources
            .Select(source => (source.Columns, source.From, Rank: query.CallerNumber!.SqlRank(source.Compiler)))
            .Select(source => $"(SELECT {source.Columns}, {source.Rank} AS rank, c.sort_name FROM {source.From} {Order} LIMIT {max})")
            .ToList();
        return visible.Sql.Append(string.Join(" UNION ALL ", books)).Append(books.Count > 1 ? $" {Order} LIMIT {max}" : "").ToStatement();
    }

    private sealed record Match(ContactView Contact, int Rank, int SqlRank);
}
