using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Applies add and replace operations to single values (RFC 7644, 3.5.2.1 and 3.5.2.3).</summary>
internal static class ScimPatchSingle
{
    /// <summary>Applies an operation to an attribute of the user or of an extension.</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>.</exception>
    public static void Assign(JsonObject holder, ScimChange change, ScimAttributePath path, JsonElement value)
    {
        var name = path.Attribute.Name;
        var read = ScimValues.Read(path.Target, value, path.ToString());
        if (path.Attribute.Type is not ScimType.Complex)
        {
            Set(holder, change, name, read);
            return;
        }

        var parts = holder[name] as JsonObject ?? [];
        if (path.Sub is not null)
        {
            Set(parts, change, path.Sub.Name, read);
        }
        else if (read is null && change is ScimChange.Replace)
        {
            parts.Clear();
        }
        else
        {
            var given = read as JsonObject ?? [];
            if (IsOtherReference(path.Attribute, parts, given))
            {
                parts.Clear();
            }

            Merge(parts, given); // RFC 7644, 3.5.2.3: only the given sub-attributes
        }

        Put(holder, name, parts.Count == 0 ? null : parts);
    }

    /// <summary>Sets a value. Null removes it, except in an add operation.</summary>
    public static void Set(JsonObject target, ScimChange change, string name, JsonNode? value)
    {
        if (value is null)
        {
            Unset(target, change, name);
        }
        else
        {
            target[name] = value;
        }
    }

    public static void Merge(JsonObject target, JsonObject parts)
    {
        foreach (var (name, part) in parts)
        {
            target[name] = part!.DeepClone();
        }
    }

    /// <summary>Stores the value, or removes the member for null.</summary>
    public static void Put(JsonObject holder, string name, JsonNode? value)
    {
        if (value is null)
        {
            holder.Remove(name);
        }
        else if (!ReferenceEquals(holder[name], value))
        {
            holder[name] = value;
        }
    }

    // The name and the address belong to the previous manager.
    private static bool IsOtherReference(ScimAttribute attribute, JsonObject parts, JsonObject given) =>
        parts["value"] is { } old && given["value"] is { } value && !ScimFilterEvaluator.AreSame(attribute.Value!, old, value);

    private static void Unset(JsonObject target, ScimChange change, string name)
    {
        if (change is ScimChange.Replace)
        {
            target.Remove(name);
        }
    }
}
