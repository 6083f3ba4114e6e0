using ContactsService.Filtering;

namespace ContactsService.Contacts;

/// <summary>What <see cref="ContactFinder"/> finds contacts by: an index gives candidates, which are checked one by one.</summary>
internal abstract class SearchTerm
{
    /// <summary>The most candidates to read first. When too few of them match, more are read.</summary>
    public abstract int MaxCandidates { get; }

    /// <summary>The test of candidates in one book. Every match is a candidate.</summary>
    public abstract IndexTest Candidates { get; }

    /// <summary>The rank of a candidate as SQL, from 0 for the best. No candidate ranks better than this.</summary>
    /// <param name="compiler">Takes parameters; the columns have the alias <c>c</c>.</param>
    public abstract string SqlRank(PredicateSql compiler);

    /// <summary>The rank of a candidate; null when it does not match.</summary>
    /// <param name="contact">As the caller sees it.</param>
    /// <param name="sqlRank">What <see cref="SqlRank"/> says.</param>
    /// <param name="region">The organization's region, which decides what national numbers mean; null for none.</param>
    public abstract int? Rank(ContactView contact, int sqlRank, string? region);
}
