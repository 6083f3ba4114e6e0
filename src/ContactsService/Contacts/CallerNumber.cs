using System.Text.Json;
using ContactsService.Filtering;

namespace ContactsService.Contacts;

/// <summary>Finds who is calling: the contacts with a phone number.</summary>
/// <param name="number">The number as a network gives it.</param>
/// <param name="askedRegion">What it means when it is national; null for the organization's region.</param>
internal sealed class CallerNumber(string number, string? askedRegion) : SearchTerm
{
    // Every stored number has its digits at the end, so keys need no region.
    private readonly PhoneNumber? withoutRegion = PhoneNumber.Parse(number, region: null);

    // Few share their last digits, unless all extensions of a switchboard are stored.
    public override int MaxCandidates => 200;

    public override IndexTest Candidates => new((compiler, alias) => Has(compiler, alias, PhoneNumberKeys.OfAsked));

    public override string SqlRank(PredicateSql compiler) =>
        $"CASE WHEN {Has(compiler, "c.", PhoneNumberKeys.OfSameExtension)} THEN 0 ELSE 1 END";

    /// <summary>0 for the same number and extension, 1 for the number where one of the two has no extension.</summary>
    public override int? Rank(ContactView contact, int sqlRank, string? region)
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
