using ContactsService.Access;
using ContactsService.Books;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Organizations;
using ContactsService.Storage;

namespace ContactsService.Contacts;

/// <summary>
/// Searches by words (<c>q</c>). All that matches is read from the search index and ordered, when it is not much. Otherwise a single word
/// is searched for in tiers, the best first, of which only as many contacts are read as are answered; see docs/finding.md.
/// </summary>
internal sealed class WordSearch(Database database, SnapshotReader snapshot)
{
    /// <summary>The best matches. The ETag is that of the caller's list.</summary>
    public async Task<Answer> FindAsync(Caller caller, FindQuery query, Precondition precondition, CancellationToken cancellationToken)
    {
        var search = SearchQuery.Read(query.Words!, region: null);
        if (!search.HasNumbers)
        {
            return (await FindAsync(caller, query, search, precondition, cancellationToken)).Answer!;
        }

        for (var region = await ReadRegionAsync(caller, cancellationToken); ;)
        {
            var found = await FindAsync(caller, query, SearchQuery.Read(query.Words!, region), precondition, cancellationToken);
            if (found.Region == region)
            {
                return found.Answer!;
            }

            region = found.Region; // it has just changed
        }
    }

    private async Task<Found> FindAsync(
        Caller caller, FindQuery query, SearchQuery search, Precondition precondition, CancellationToken cancellationToken)
    {
        var isShort = search.Terms.All(term => term.IsShort);
        return search.Terms switch
        {
            [] => await ReadAsync([WordSearchStep.All(search.Terms)]),
            [var term] when isShort => await ReadTiersAsync(WordSearchStep.Tiers(term)),
            [var term] =>
                await ReadAsync([WordSearchStep.Few(term)]) is { Answer: not null } few
                    ? few
                    : await ReadTiersAsync(WordSearchStep.Tiers(term)),
            _ when isShort && await ReadAsync(WordSearchStep.ShortTiers(search.Terms), mustFill: true) is { Answer: not null } best => best,
            _ => await ReadAsync([WordSearchStep.All(search.Terms)]),
        };

        // Each attempt reads tiers in one snapshot, only as many as are needed. What turns out to be too much, or too little, is read in
        // the other way.
        async Task<Found> ReadTiersAsync(List<WordSearchStep> tiers)
        {
            for (var count = search.Terms[0].IsShort ? tiers.Count - 1 : 1; ;)
            {
                var attempt = await ReadAsync(tiers[..count], mustFill: count < tiers.Count);
                if (attempt.Answer is not null)
                {
                    return attempt;
                }

                if (attempt.Incomplete < count)
                {
                    tiers[attempt.Incomplete] = tiers[attempt.Incomplete].Otherwise();
                }
                else
                {
                    count++;
                }
            }
        }

        async Task<Found> ReadAsync(List<WordSearchStep> steps, bool mustFill = false)
        {
            string? region = null;
            var incomplete = -1;
            var answer = await snapshot.ReadAsync(
                request: null, // a read that was not complete must not be kept
                caller.Own,
                SnapshotReader.RevisionsOrZero(caller.Own, caller.Shared),
                precondition,
                () => [OrganizationSettings.ReadRegion(caller.Shared), .. steps.Select(step => step.ToStatement(caller, query))],
                async (reader, etag) =>
                {
                    await reader.NextResultAsync(cancellationToken);
                    region = await OrganizationSettings.ReadRegionAsync(reader, cancellationToken);
                    var contacts = new List<ContactView>();
                    for (var i = 0; i < steps.Count && contacts.Count < query.PageSize && incomplete < 0; i++)
                    {
                        await reader.NextResultAsync(cancellationToken);
                        incomplete = await steps[i].ReadAsync(reader, contacts, query.PageSize, cancellationToken) ? -1 : i;
                    }

                    incomplete = incomplete < 0 && mustFill && contacts.Count < query.PageSize ? steps.Count : incomplete;
                    return ContactFinder.Write(caller, query, contacts, etag);
                },
                cancellationToken);

            // An unchanged answer (304) is read in no step.
            return new(incomplete < 0 ? answer : null, region, incomplete);
        }
    }

    private Task<string?> ReadRegionAsync(Caller caller, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            await using var batch = Statement.Batch(connection, OrganizationSettings.ReadRegion(caller.Shared));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return await OrganizationSettings.ReadRegionAsync(reader, cancellationToken);
        },
        cancellationToken);

    /// <param name="Answer">Null when a step has not read enough to be sure.</param>
    /// <param name="Region">The organization's region in the snapshot of the answer.</param>
    /// <param name="Incomplete">That step, or how many there are when more of them are needed.</param>
    private sealed record Found(Answer? Answer, string? Region, int Incomplete = -1);
}
