using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ContactsService.Tests.Mirrors;

/// <summary>
/// What somebody has who applies all changes, as JSON by kind and id. It refuses a change that the contract does not allow after those
/// before it: however a caller resumes, each change shows a resource as it is now, so no version of it may run backwards.
/// </summary>
internal sealed partial class Mirror(Person caller)
{
    private readonly Dictionary<(string Kind, string Id), string> resources = [];
    private readonly Dictionary<(string Kind, string Id), Shown> shown = [];

    /// <summary>Whose mirror it is.</summary>
    public Person Caller => caller;

    /// <summary>How many changes it has applied.</summary>
    public int Applied { get; private set; }

    /// <summary>Forgets everything, for a start without a token.</summary>
    public void Clear() => resources.Clear();

    /// <summary>Applies a page.</summary>
    public void Apply(IReadOnlyList<JsonNode> page)
    {
        var ids = page.Select(change => (change["kind"]!.GetValue<string>(), change["id"]!.GetValue<string>())).ToList();
        Assert.Equal(ids.Distinct(), ids);
        // First the own book, then the organization's; each in the order of its versions.
        var versions = page.Select(change => change["version"]!.GetValue<long>()).ToList();
        var descents = versions.Zip(versions.Skip(1)).Count(pair => pair.First > pair.Second);
        Assert.True(descents <= 1, $"{caller.User}: a page in the order {string.Join(' ', versions)}");
        foreach (var change in page)
        {
            Apply(change);
        }
    }

    /// <summary>Applies a change.</summary>
    public void Apply(JsonNode change)
    {
        var key = (Kind: change["kind"]!.GetValue<string>(), Id: change["id"]!.GetValue<string>());
        Applied++;
        if (change["op"]!.GetValue<string>() == "delete")
        {
            Assert.Equal(["kind", "op", "id", "version"], change.AsObject().Select(member => member.Key));
            resources.Remove(key);
            shown[key] = shown.GetValueOrDefault(key) with { IsDeleted = true };
            return;
        }

        Assert.Equal(["kind", "op", "id", "version", key.Kind], change.AsObject().Select(member => member.Key));
        var resource = change[key.Kind]!;
        Assert.Equal(key.Id, resource[$"{key.Kind}Id"]!.GetValue<string>());
        var next = Read(resource);
        var last = shown.GetValueOrDefault(key);
        Assert.True(
            next.IsAfter(last), $"{caller.User}: {key} was {last} and is now {next}: {change.ToJsonString()}");
        shown[key] = next.Max(last);
        resources[key] = resource.ToJsonString();
    }

    /// <summary>True when it has this resource.</summary>
    public bool Has(string kind, string id) => resources.ContainsKey((kind, id));

    /// <summary>The resources of a kind, in the order of their ids.</summary>
    public IEnumerable<JsonNode> Of(string kind) => resources
        .Where(resource => resource.Key.Kind == kind)
        .OrderBy(resource => resource.Key.Id, StringComparer.Ordinal)
        .Select(resource => JsonNode.Parse(resource.Value)!);

    /// <summary>Everything in it, as <see cref="FullRead"/> would give it.</summary>
    public SortedDictionary<string, string> Resources => new(
        resources.ToDictionary(resource => $"{resource.Key.Kind} {resource.Key.Id}", resource => resource.Value), StringComparer.Ordinal);

    /// <summary>The versions in an ETag: of the own book, and of the organization's, which an own CLOUD contact has behind a dot.</summary>
    private Shown Read(JsonNode resource)
    {
        var match = ETag().Match(resource["meta"]!["etag"]!.GetValue<string>());
        Assert.True(match.Success, resource.ToJsonString());
        var first = long.Parse(match.Groups["first"].ValueSpan, CultureInfo.InvariantCulture);
        Assert.Equal(first, resource["meta"]!["version"]!.GetValue<long>());
        var second = match.Groups["second"].Success ? long.Parse(match.Groups["second"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return resource["ownerId"]!.GetValue<string>() == caller.User
            ? new(first, second, IsDeleted: false)
            : new(0, first, IsDeleted: false);
    }

    [GeneratedRegex("""^"[0-9a-f]{8}-(?<first>\d+)(\.(?<second>\d+))?"$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ETag();

    /// <summary>The latest versions that a resource had in both books; 0 in which it was never shown.</summary>
    private readonly record struct Shown(long Own, long Shared, bool IsDeleted)
    {
        /// <summary>What was deleted comes back with a new version only.</summary>
        public bool IsAfter(Shown last) =>
            (Own == 0 || Own >= last.Own) && (Shared == 0 || Shared >= last.Shared)
            && (!last.IsDeleted || Own > last.Own || Shared > last.Shared);

        public Shown Max(Shown last) => new(Math.Max(Own, last.Own), Math.Max(Shared, last.Shared), IsDeleted: false);
    }
}
