using System.Text.Json;
using ContactsService.Filtering;

namespace ContactsService.Contacts;

/// <summary>Finds who is calling: an index gives contacts that may have the number, which are checked one by one.</summary>
/// <param name="number">The number as a network gives it.</param>
/// <param name="askedRegion">What it means when it is national; null for the organization's region.</param>
internal sealed class CallerNumber(string number, string? askedRegion)
{
    // Every stored number has its digits at the end, so keys need no region.
    private readonly PhoneNumber? withoutRegion = PhoneNumber.Parse(number, region: null);

    /// <summary>
    /// The most candidates to read first. Few share their last digits, unless all extensions of a switchboard are stored.
    /// </summary>
    public const int MaxCandidates = 200;

    /// <summary>The test of candidates in one book. Every match is a candidate.</summary>
    public IndexTest Candidates => new((compiler, alias) => Has(compiler, alias, PhoneNumberKeys.OfAsked));

    /// <summary>The rank of a candidate as SQL, from 0 for the best. No candidate ranks better than this.</summary>
    public string SqlRank(PredicateSql compiler) =>
        $"CASE WHEN {Has(compiler, "c.", PhoneNumberKeys.OfSameExtension)} THEN 0 ELSE 1 END";

    /// <summary>
    /// 0 for the same number and extension, 1 for the number where one of the two has no extension; null for another number.
    /// </summary>
    public int? Rank(ContactView contact, string? region)
    {
        if (PhoneNumber.Parse(number, askedRegion ?? region) is not { } asked)
        {
            return null;
        }

        var matches = PhoneNumbers(contact).Select(text => PhoneNumberKeys.ReadStored(text, region))
            .Where(stored => stored?.Matches(asked) == true).ToList();
        return matches.Count == 0 ? null : matches.Exists(stored => stored!.Value.Extension == asked.Extension) ? 0 : 1;
    }

    private string Has(PredicateSql compiler, string alias, Func<PhoneNumber, IEnumerable<string>> keys) => withoutRegion is { } asked
        ? $"{alias}lookup && {compiler.Hashes(PhoneNumberKeys.Column, keys(asked))}"
        : "false";

    private static List<string> PhoneNumbers(ContactView contact)
    {
        using var json = JsonDocument.Parse((byte[])[(byte)'{', .. contact.Body, (byte)'}']);
        return json.RootElement.TryGetProperty("phoneNumbers", out var points)
            ? [.. points.EnumerateArray().Select(point => point.GetProperty("value").GetString()!)]
            : [];
    }
}
