using ContactsService.Filtering;

namespace ContactsService.Contacts;

/// <summary>Finds contacts by words of their names, addresses and numbers.</summary>
/// <param name="text">What was asked for.</param>
internal sealed class SearchWords(string text) : SearchTerm
{
    public override int MaxCandidates => 0;

    public override IndexTest Candidates => new((_, _) => text.Length == 0 ? "true" : "false");

    public override string SqlRank(PredicateSql compiler) => "0";

    public override int? Rank(ContactView contact, int sqlRank, string? region) => sqlRank;
}
