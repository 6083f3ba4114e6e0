using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Selects the attributes of a resource that the caller requests (RFC 7644, 3.9).</summary>
internal sealed class ScimProjection
{
    private readonly List<ScimAttributePath> paths;
    private readonly bool isExclusion;

    private ScimProjection(List<ScimAttributePath> paths, bool isExclusion)
    {
        this.paths = paths;
        this.isExclusion = isExclusion;
    }

    /// <summary>Parses the query parameters: names separated by commas, null or empty when absent.</summary>
    /// <exception cref="ScimException">
    /// <c>invalidPath</c> for an unknown name, which RFC 7644 would ignore; <c>invalidValue</c> when both are given.
    /// </exception>
    public static ScimProjection Parse(string? attributes, string? excludedAttributes) => Of(Split(attributes), Split(excludedAttributes));

    /// <summary>Uses the members of a search request (RFC 7644, 3.4.3).</summary>
    /// <exception cref="ScimException">The same as for the query parameters.</exception>
    public static ScimProjection Of(IReadOnlyCollection<string> attributes, IReadOnlyCollection<string> excludedAttributes)
    {
        if (attributes.Count > 0 && excludedAttributes.Count > 0)
        {
            throw ScimException.InvalidValue("Send either attributes or excludedAttributes, not both.");
        }

        return attributes.Count > 0
            ? new([.. attributes.SelectMany(Find)], isExclusion: false)
            : new([.. excludedAttributes.SelectMany(Find)], isExclusion: true);
    }

    /// <summary>Returns the selected part as a new object. The argument, with its <c>meta</c>, does not change.</summary>
    public JsonObject Apply(JsonObject resource)
    {
        if (isExclusion && paths.Count == 0)
        {
            return (JsonObject)resource.DeepClone();
        }

        var part = new JsonObject();
        foreach (var (name, value) in resource)
        {
            var kept = ScimSchemas.Of(name) is { } extension
                ? KeepExtension(extension, (JsonObject)value!)
                : Keep(ScimSchemas.User, name, value!);
            if (kept is not null)
            {
                part[name] = kept;
            }
        }

        return part;
    }

    private static string[] Split(string? names) =>
        names?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    // The URN of a schema selects all its attributes.
    private static IEnumerable<ScimAttributePath> Find(string name)
    {
        if (ScimSchemas.Of(name) is { } schema)
        {
            return schema.Attributes.Select(attribute => new ScimAttributePath(schema, attribute, null));
        }

        return [ScimAttributePath.Find(name) ?? throw ScimException.InvalidPath($"There is no attribute {ScimException.Quote(name)}.")];
    }

    private JsonObject? KeepExtension(ScimSchema extension, JsonObject members)
    {
        var part = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (Keep(extension, name, value!) is { } kept)
            {
                part[name] = kept;
            }
        }

        return part.Count == 0 ? null : part;
    }

    private JsonNode? Keep(ScimSchema schema, string name, JsonNode value)
    {
        var named = paths.Where(path => path.Schema == schema && path.Attribute.Name == name).ToList();
        if (schema.Find(name) is { Returned: "always" } || (isExclusion && named.Count == 0))
        {
            return value.DeepClone();
        }

        if (named.Exists(path => path.Sub is null))
        {
            return isExclusion ? null : value.DeepClone();
        }

        var subs = named.Select(path => path.Sub!.Name).ToHashSet(StringComparer.Ordinal);
        return named.Count == 0 ? null : KeepParts(value, subs);
    }

    private JsonNode? KeepParts(JsonNode value, HashSet<string> subs)
    {
        if (value is JsonArray entries)
        {
            var kept = entries.Select(entry => KeepParts(entry!, subs)).Where(entry => entry is not null).ToArray();
            return kept.Length == 0 ? null : new JsonArray(kept);
        }

        var parts = value.AsObject().Where(part => subs.Contains(part.Key) != isExclusion).ToList();
        return parts.Count == 0 ? null : new JsonObject(parts.Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone())));
    }
}
