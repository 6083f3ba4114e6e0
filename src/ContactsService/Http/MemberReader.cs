using System.Text.Json;

namespace ContactsService.Http;

/// <summary>Reads the members of one JSON object and keeps track of unknown ones.</summary>
internal sealed class MemberReader(JsonElement element, string path, MemberErrors errors)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> partlyKnown = new(StringComparer.Ordinal);

    /// <summary>True to keep unknown members, also in nested objects, instead of refusing them.</summary>
    public bool KeepsUnknown { get; init; }

    /// <summary>The unknown members, and those that contain unknown members.</summary>
    public IEnumerable<JsonProperty> Unknown =>
        element.EnumerateObject().Where(member => !known.Contains(member.Name) || partlyKnown.Contains(member.Name));

    /// <summary>Reads a string; null when absent or null. An alias with another value is an error.</summary>
    public string? Text(string name, string? alias = null)
    {
        var text = TextOf(name);
        var other = alias is null ? null : TextOf(alias);
        if (text is not null && other is not null && text != other)
        {
            errors.Add(PathOf(alias!), $"This is an alias of '{name}' and has another value. Send one of them.");
        }

        return text ?? other;
    }

    /// <summary>Reads a boolean; null when absent or null.</summary>
    public bool? Flag(string name)
    {
        switch (Find(name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
            default:
                errors.Add(PathOf(name), "Must be true or false.");
                return null;
        }
    }

    /// <summary>Reads a whole number; null when absent or null.</summary>
    public int? Number(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            return number;
        }

        errors.Add(PathOf(name), "Must be a whole number.");
        return null;
    }

    /// <summary>Reads an object; null when absent or null.</summary>
    public T? Object<T>(string name, Func<MemberReader, T> read)
        where T : class
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(PathOf(name), "Must be an object.");
            return null;
        }

        return ReadObject(name, value, PathOf(name), read);
    }

    /// <summary>Reads a list of strings; null when absent or null.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        List(name, (value, place) =>
            value.ValueKind == JsonValueKind.String ? value.GetString() : Refuse<string>(place, "Must be a string."));

    /// <summary>Reads a list of objects; null when absent or null. <paramref name="fromText"/> converts entries that are strings.</summary>
    public IReadOnlyList<T>? Objects<T>(string name, Func<MemberReader, T> read, Func<string, T>? fromText = null)
        where T : class =>
        List(name, (value, place) => value.ValueKind switch
        {
            JsonValueKind.Object => ReadObject(name, value, place, read),
            JsonValueKind.String when fromText is not null => fromText(value.GetString()!),
            _ => Refuse<T>(place, "Must be an object."),
        });

    /// <summary>Returns the member as it is; null when absent or null.</summary>
    public JsonElement? Find(string name)
    {
        known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>Accepts members that may be sent back as they were read. They change nothing.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            known.Add(name);
        }
    }

    /// <summary>Adds an error for every member that was neither read nor ignored.</summary>
    public void RefuseUnknown()
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                errors.Add(
                    PathOf(member.Name), $"Unknown member. Known members: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    /// <summary>The path of a member in the body.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>Adds an error about a member.</summary>
    public void Refuse(string name, string sentence) => errors.Add(PathOf(name), sentence);

    private string? TextOf(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : Refuse<string>(PathOf(name), "Must be a string.");
    }

    private List<T>? List<T>(string name, Func<JsonElement, string, T?> read)
        where T : class
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(PathOf(name), "Must be a list.");
            return null;
        }

        var list = new List<T>(value.GetArrayLength());
        var place = 0;
        foreach (var entry in value.EnumerateArray())
        {
            if (read(entry, $"{PathOf(name)}[{place++}]") is { } item)
            {
                list.Add(item);
            }
        }

        return list;
    }

    private T ReadObject<T>(string name, JsonElement value, string place, Func<MemberReader, T> read)
    {
        var reader = new MemberReader(value, place, errors) { KeepsUnknown = KeepsUnknown };
        var item = read(reader);
        if (!KeepsUnknown)
        {
            reader.RefuseUnknown();
        }
        else if (reader.Unknown.Any())
        {
            partlyKnown.Add(name);
        }

        return item;
    }

    private T? Refuse<T>(string place, string sentence)
        where T : class
    {
        errors.Add(place, sentence);
        return null;
    }
}
