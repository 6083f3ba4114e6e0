using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Http;

/// <summary>JSON Merge Patch (RFC 7396).</summary>
internal static class MergePatch
{
    /// <summary>Applies a patch and returns the new document.</summary>
    /// <param name="document">A JSON object that the service wrote.</param>
    /// <param name="patch">A JSON object that was checked by <see cref="JsonBody"/>.</param>
    /// <param name="aliases">Names that callers may use, and the members that they mean.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>: a patch that names a member twice.</exception>
    public static JsonElement Apply(ReadOnlyMemory<byte> document, JsonElement patch, IReadOnlyDictionary<string, string> aliases) =>
        Apply(JsonNode.Parse(document.Span)!.AsObject(), patch, aliases);

    /// <summary>What the document is when the patch has been applied.</summary>
    /// <param name="target">A JSON object of ours; it is changed.</param>
    /// <param name="patch">A JSON object that was checked by <see cref="JsonBody"/>.</param>
    /// <param name="aliases">Names that callers may use, and the members that they mean.</param>
    /// <exception cref="ProblemException"><c>invalid-members</c>: a patch that names a member twice.</exception>
    public static JsonElement Apply(JsonObject target, JsonElement patch, IReadOnlyDictionary<string, string> aliases)
    {
        foreach (var member in patch.EnumerateObject())
        {
            var name = member.Name;
            if (aliases.TryGetValue(name, out var canonical))
            {
                if (patch.TryGetProperty(canonical, out var other) && !IsSame(other, member.Value))
                {
                    throw MemberErrors.Of(name, $"This is an alias of '{canonical}' and has another value. Send one of them.");
                }

                name = canonical;
            }

            Merge(target, name, member.Value);
        }

        return JsonSerializer.SerializeToElement(target);
    }

    // Numbers are compared as text: they may be too large for any type.
    private static bool IsSame(JsonElement first, JsonElement second) =>
        first.ValueKind == JsonValueKind.String && second.ValueKind == JsonValueKind.String
                ? first.ValueEquals(second.GetString())
                : first.GetRawText() == second.GetRawText();

    private static void Merge(JsonObject target, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                target[name] = null; // readers treat null as absent, but an unknown name is still refused
                break;
            case JsonValueKind.Object:
                var inner = target[name] as JsonObject;
                if (inner is null)
                {
                    target[name] = inner = [];
                }

                foreach (var member in value.EnumerateObject())
                {
                    Merge(inner, member.Name, member.Value);
                }

                break;
            default:
                target[name] = JsonNode.Parse(value.GetRawText());
                break;
        }
    }
}
