using System.Text.Json.Nodes;

namespace ContactsService.Tests.Mirrors;

/// <summary>Everything that a caller is shown by the lists, as JSON by kind and id.</summary>
internal static class FullRead
{
    public static async Task<SortedDictionary<string, string>> OfAsync(Person caller)
    {
        var resources = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (string? path = "/contacts?pageSize=1000"; path is not null;)
        {
            var reply = (await caller.GetAsync(path)).ShouldBe(200);
            Add("contact", reply["contacts"]!);
            Add("group", reply["groups"] ?? new JsonArray());
            path = reply["nextPageToken"] is { } token ? $"/contacts?pageSize=1000&pageToken={token}" : null;
        }

        return resources;

        void Add(string kind, JsonNode list)
        {
            foreach (var resource in list.AsArray())
            {
                resources[$"{kind} {resource![$"{kind}Id"]}"] = resource.ToJsonString();
            }
        }
    }

    /// <summary>What is in one of them only, or is not the same in both; an empty text when they are equal.</summary>
    public static string Differences(SortedDictionary<string, string> full, SortedDictionary<string, string> mirror) => string.Join(
        '\n',
        full.Keys.Union(mirror.Keys, StringComparer.Ordinal)
            .Where(key => full.GetValueOrDefault(key) != mirror.GetValueOrDefault(key))
            .Select(key => $"{key}\n  is in the lists  {full.GetValueOrDefault(key) ?? "missing"}\n"
                + $"  is in the mirror {mirror.GetValueOrDefault(key) ?? "missing"}"));
}
