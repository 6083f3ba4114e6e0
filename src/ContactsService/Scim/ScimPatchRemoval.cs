using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Applies remove operations (RFC 7644, 3.5.2.2).</summary>
internal static class ScimPatchRemoval
{
    /// <summary>Applies the operation to the user.</summary>
    /// <param name="user">The user, which is changed.</param>
    /// <param name="pathText">The path as it was sent.</param>
    /// <param name="value">
    /// The entries to remove, which Entra ID sends although RFC 7644 does not define it; null or JSON null for all.
    /// </param>
    /// <exception cref="ScimException"><c>invalidPath</c>, <c>noTarget</c>, <c>mutability</c>.</exception>
    public static void Apply(JsonObject user, string pathText, JsonElement? value)
    {
        if (ScimSchemas.Of(pathText) is { IsExtension: true } extension)
        {
            user.Remove(extension.Urn);
            return;
        }

        var path = ScimPath.Parse(pathText);
        ScimPatch.RefuseReadOnly(path.Path);
        if (path.Path.Target.IsRequired)
        {
            throw ScimException.Mutability($"{path.Path} is required.");
        }

        var holder = path.Path.Schema.IsExtension ? user[path.Path.Schema.Urn] as JsonObject : user;
        if (path.Path.Attribute.IsMultiValued)
        {
            RemoveFromList(holder ?? [], path, value);
        }
        else if (path.Path.Sub is null)
        {
            holder?.Remove(path.Path.Attribute.Name);
        }
        else if (holder?[path.Path.Attribute.Name] is JsonObject parts)
        {
            parts.Remove(path.Path.Sub.Name);
            ScimPatchSingle.Put(holder, path.Path.Attribute.Name, parts.Count == 0 ? null : parts);
        }
    }

    private static void RemoveFromList(JsonObject holder, ScimPath path, JsonElement? value)
    {
        var entries = holder[path.Path.Attribute.Name] as JsonArray ?? [];
        foreach (var entry in Chosen(entries, path, value))
        {
            if (path.Path.Sub is null)
            {
                entries.Remove(entry);
            }
            else
            {
                entry.Remove(path.Path.Sub.Name);
            }
        }

        ScimPatchList.DropEmpty(holder, path.Path.Attribute.Name, entries);
    }

    private static List<JsonObject> Chosen(JsonArray entries, ScimPath path, JsonElement? value)
    {
        if (path.Filter is not null)
        {
            var matching = entries.OfType<JsonObject>().Where(entry => ScimFilterEvaluator.Is(path.Filter, entry)).ToList();
            return matching.Count > 0
                ? matching
                : throw ScimException.NoTarget($"No entry of {path.Path.Attribute.Name} matches the path's filter.");
        }

        if (path.Path.Sub is not null || value is null or { ValueKind: JsonValueKind.Null })
        {
            return [.. entries.OfType<JsonObject>()];
        }

        var named = ScimPatchList.ReadEntries(path.Path, value.Value);
        return [.. entries.OfType<JsonObject>().Where(entry => named.Exists(candidate => Has(path.Path.Attribute, entry, candidate)))];
    }

    private static bool Has(ScimAttribute list, JsonObject entry, JsonObject named) =>
        named.All(part => ScimFilterEvaluator.AreSame(list.Find(part.Key)!, entry[part.Key], part.Value));
}
