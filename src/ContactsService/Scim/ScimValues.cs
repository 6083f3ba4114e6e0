using System.Text.Json;
using System.Text.Json.Nodes;
using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Converts a client's values to the form in which they are stored: canonical names, correct types, no empty values.</summary>
internal static class ScimValues
{
    /// <summary>The maximum number of entries in a list.</summary>
    public const int MaxEntries = 100;

    /// <summary>
    /// Reads the value of an attribute; null for null, an empty list or an empty object, which remove it (RFC 7643, 2.5).
    /// </summary>
    /// <param name="attribute">An attribute or sub-attribute.</param>
    /// <param name="value">The value that the client sent.</param>
    /// <param name="path">The full name of the attribute, for messages.</param>
    /// <exception cref="ScimException">
    /// <c>invalidValue</c> for a wrong type or size, <c>invalidSyntax</c> for an unknown sub-attribute.
    /// </exception>
    public static JsonNode? Read(ScimAttribute attribute, JsonElement value, string path)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        return attribute.IsMultiValued ? ReadList(attribute, value, path) : ReadOne(attribute, value, path);
    }

    /// <summary>Reads a single value or entry; null when it is empty.</summary>
    /// <exception cref="ScimException">The same as for <see cref="Read"/>.</exception>
    public static JsonNode? ReadOne(ScimAttribute attribute, JsonElement value, string path) => attribute.Type switch
    {
        ScimType.Complex => ReadComplex(attribute, value, path),
        ScimType.Boolean => ReadBoolean(value, path),
        ScimType.Binary => ReadBinary(value, path),
        _ => ReadText(value, path),
    };

    /// <summary>Refuses more than one primary entry (RFC 7643, 2.4).</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>.</exception>
    public static void RefuseTwoPrimaries(IEnumerable<JsonNode?> entries, string path)
    {
        if (entries.Count(IsPrimary) > 1)
        {
            throw ScimException.InvalidValue($"At most one entry of {path} may be primary.");
        }
    }

    public static bool IsPrimary(JsonNode? entry) =>
        entry is JsonObject parts && parts["primary"] is JsonValue flag && flag.GetValue<bool>();

    /// <summary>Refuses lists with too many entries.</summary>
    /// <exception cref="ScimException"><c>invalidValue</c>.</exception>
    public static void RefuseTooMany(int entries, string path)
    {
        if (entries > MaxEntries)
        {
            throw ScimException.InvalidValue($"{path} may have at most {MaxEntries} entries.");
        }
    }

    private static JsonArray? ReadList(ScimAttribute attribute, JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.Array)
        {
            throw ScimException.InvalidValue($"{path} must be a list.");
        }

        RefuseTooMany(value.GetArrayLength(), path);
        var entries = value.EnumerateArray()
            .Where(entry => entry.ValueKind is not JsonValueKind.Null)
            .Select(entry => ReadOne(attribute, entry, path))
            .Where(entry => entry is not null)
            .ToArray();
        RefuseTwoPrimaries(entries, path);
        return entries.Length == 0 ? null : new JsonArray(entries);
    }

    private static JsonObject? ReadComplex(ScimAttribute attribute, JsonElement value, string path)
    {
        if (!attribute.IsMultiValued && attribute.Value is not null)
        {
            return ReadReference(attribute, value, path);
        }

        return value.ValueKind is JsonValueKind.Object
            ? ReadParts(attribute, value, path)
            : throw ScimException.InvalidValue($"The values of {path} must be objects.");
    }

    // The manager: Entra ID sends the bare id, other clients a list with one entry.
    private static JsonObject? ReadReference(ScimAttribute attribute, JsonElement value, string path)
    {
        if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() < 2)
        {
            value = value.EnumerateArray().FirstOrDefault();
        }

        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.Object => ReadParts(attribute, value, path),
            JsonValueKind.String when value.ValueEquals("") => null,
            JsonValueKind.String => new JsonObject { ["value"] = ReadText(value, path) },
            _ => throw ScimException.InvalidValue($"{path} must be an object with a value."),
        };
    }

    private static JsonObject? ReadParts(ScimAttribute attribute, JsonElement value, string path)
    {
        var parts = new JsonObject();
        foreach (var member in value.EnumerateObject())
        {
            var sub = attribute.Find(member.Name)
                ?? throw ScimException.InvalidSyntax($"{path} has no sub-attribute {ScimException.Quote(member.Name)}.");
            if (sub.IsReadOnly)
            {
                continue; // RFC 7644, 3.5.1: values for readOnly attributes are ignored
            }

            if (Read(sub, member.Value, $"{path}.{sub.Name}") is { } part && !parts.TryAdd(sub.Name, part))
            {
                throw ScimException.InvalidSyntax($"{sub.Name} appears twice in {path}.");
            }
        }

        return parts.Count == 0 ? null : parts;
    }

    // Entra ID sends "True" and "False".
    private static JsonValue ReadBoolean(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        JsonValueKind.String when bool.TryParse(Text(value, path), out var flag) => JsonValue.Create(flag),
        _ => throw ScimException.InvalidValue($"{path} must be true or false."),
    };

    private static JsonValue ReadBinary(JsonElement value, string path)
    {
        var text = ReadText(value, path);
        return Convert.TryFromBase64String(text.GetValue<string>(), new byte[TextLimits.MaxTextLength], out _)
            ? text
            : throw ScimException.InvalidValue($"{path} must be Base64.");
    }

    private static JsonValue ReadText(JsonElement value, string path)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            throw ScimException.InvalidValue($"{path} must be a string.");
        }

        var text = Text(value, path);
        if (!TextLimits.IsStorable(text))
        {
            throw ScimException.InvalidValue($"{path} contains U+0000 or an unpaired surrogate.");
        }

        return TextLimits.IsShortEnough(text)
            ? JsonValue.Create(text)
            : throw ScimException.InvalidValue($"{path} may have at most {TextLimits.MaxTextLength} characters.");
    }

    private static string Text(JsonElement value, string path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ScimException.InvalidValue($"{path} contains an unpaired surrogate.");
        }
    }
}
