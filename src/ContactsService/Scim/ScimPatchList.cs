using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Scim;

/// <summary>Applies add and replace operations to lists (RFC 7644, 3.5.2.1 and 3.5.2.3).</summary>
internal static class ScimPatchList
{
    /// <summary>Applies an operation to a list of the user or of an extension.</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>, <c>noTarget</c>.</exception>
    public static void Assign(JsonObject holder, ScimChange change, ScimPath path, JsonElement value)
    {
        var name = path.Path.Attribute.Name;
        var entries = holder[name] as JsonArray ?? [];
        var primaries = entries.Where(ScimValues.IsPrimary).ToList();
        if (path.Filter is not null)
        {
            AssignMatching(entries, change, path, path.Filter, value);
        }
        else if (path.Path.Sub is not null)
        {
            AssignPart(entries, change, path.Path, value);
        }
        else
        {
            AssignAll(entries, change, path.Path, value);
        }

        PreferNew(entries, primaries, path.Path);
        ScimValues.RefuseTooMany(entries.Count, path.Path.ToString());
        DropEmpty(holder, name, entries);
    }

    /// <summary>Removes empty entries, and the list when it is empty.</summary>
    public static void DropEmpty(JsonObject holder, string name, JsonArray entries)
    {
        entries.RemoveAll(entry => entry is JsonObject { Count: 0 });
        ScimPatchSingle.Put(holder, name, entries.Count == 0 ? null : entries);
    }

    /// <summary>Reads the entries of a value, which may also be a single entry.</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>.</exception>
    public static List<JsonObject> ReadEntries(ScimAttributePath path, JsonElement value)
    {
        var read = value.ValueKind is JsonValueKind.Object
            ? new JsonArray(ScimValues.ReadOne(path.Attribute, value, path.ToString()))
            : ScimValues.Read(path.Attribute, value, path.ToString()) as JsonArray ?? [];
        var entries = read.OfType<JsonObject>().ToList();
        read.Clear(); // a node can have only one parent
        return entries;
    }

    private static void AssignAll(JsonArray entries, ScimChange change, ScimAttributePath path, JsonElement value)
    {
        var given = ReadEntries(path, value);
        if (change is ScimChange.Replace)
        {
            entries.Clear();
        }

        foreach (var entry in given)
        {
            // Lists are sets of values (RFC 7643, 2.4; RFC 7644, 3.5.2.1).
            if (change is ScimChange.Add
                && entries.OfType<JsonObject>().FirstOrDefault(existing => AreSame(path.Attribute, existing, entry)) is { } same)
            {
                ScimPatchSingle.Merge(same, entry);
            }
            else
            {
                entries.Add(entry);
            }
        }
    }

    private static bool AreSame(ScimAttribute list, JsonObject entry, JsonObject given) =>
        given["value"] is { } value
            ? ScimFilterEvaluator.AreSame(list.Value!, entry["value"], value)
                && (given["type"] is null
                    || entry["type"] is null
                    || ScimFilterEvaluator.AreSame(list.Find("type")!, entry["type"], given["type"]))
            : JsonNode.DeepEquals(entry, given);

    private static void AssignPart(JsonArray entries, ScimChange change, ScimAttributePath path, JsonElement value)
    {
        if (entries.Count == 0)
        {
            entries.Add(new JsonObject());
        }

        SetPart(entries.OfType<JsonObject>(), change, path, value);
    }

    private static void AssignMatching(JsonArray entries, ScimChange change, ScimPath path, ScimFilter filter, JsonElement value)
    {
        var matching = entries.OfType<JsonObject>().Where(entry => ScimFilterEvaluator.Is(filter, entry)).ToList();
        if (matching.Count == 0)
        {
            if (value.ValueKind is JsonValueKind.Null)
            {
                return; // null for an entry that does not exist
            }

            var created = Create(change, path, filter);
            entries.Add(created);
            matching.Add(created);
        }

        if (path.Path.Sub is not null)
        {
            SetPart(matching, change, path.Path, value);
            return;
        }

        var given = ReadEntries(path.Path, value);
        if (given.Count != 1)
        {
            throw ScimException.InvalidValue($"The value for the selected entries of {path.Path} must be one object.");
        }

        foreach (var entry in matching)
        {
            Fill(entry, change, given[0]);
        }
    }

    // Entra ID adds and replaces emails[type eq "work"].value without checking whether the entry exists.
    private static JsonObject Create(ScimChange change, ScimPath path, ScimFilter filter)
    {
        var entry = new JsonObject();
        IReadOnlyList<ScimFilter> terms = filter is ScimAnd and ? and.Terms : [filter];
        foreach (var term in terms)
        {
            if (term is not ScimComparison { Operator: ScimOperator.Eq } comparison
                || (change is ScimChange.Replace && path.Path.Sub is null))
            {
                throw ScimException.NoTarget($"No entry of {path.Path.Attribute.Name} matches the path's filter.");
            }

            var target = comparison.Operand.Path.Target.Name;
            entry[target] = comparison.Value is bool flag ? JsonValue.Create(flag) : JsonValue.Create((string)comparison.Value);
        }

        return entry;
    }

    private static void Fill(JsonObject entry, ScimChange change, JsonObject parts)
    {
        if (change is ScimChange.Replace)
        {
            entry.Clear();
        }

        ScimPatchSingle.Merge(entry, parts);
    }

    private static void SetPart(IEnumerable<JsonObject> entries, ScimChange change, ScimAttributePath path, JsonElement value)
    {
        var part = ScimValues.Read(path.Target, value, path.ToString());
        foreach (var entry in entries)
        {
            ScimPatchSingle.Set(entry, change, path.Target.Name, part?.DeepClone());
        }
    }

    // RFC 7644, 3.5.2: a new primary entry replaces the previous one.
    private static void PreferNew(JsonArray entries, List<JsonNode?> before, ScimAttributePath path)
    {
        var now = entries.Where(ScimValues.IsPrimary).ToList();
        if (now.Except(before).Count() == 1)
        {
            foreach (var other in now.Intersect(before).OfType<JsonObject>())
            {
                other["primary"] = false;
            }
        }

        ScimValues.RefuseTwoPrimaries(entries, path.Attribute.Name);
    }
}
