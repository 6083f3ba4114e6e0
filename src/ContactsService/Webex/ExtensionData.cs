using System.Buffers;
using System.Text;
using System.Text.Json;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Webex;

/// <summary>
/// What clients of this API send and the model has no place for: members nobody knows, and, whole, the lists and addresses
/// that have such members in them. It is kept beside the contact and put over its body when it is read.
/// </summary>
internal static class ExtensionData
{
    private const string Key = "webex";

    /// <summary>What the reader did not know.</summary>
    public static Extension Of(MemberReader members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            foreach (var member in members.Unknown)
            {
                Write(json, member);
            }

            json.WriteEndObject();
        }

        return new(Key, buffer.WrittenCount > "{}".Length ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null);
    }

    /// <summary>The members of a body with those that were kept put over them; without braces.</summary>
    /// <param name="body">Ready members, without braces.</param>
    /// <param name="extension">The column; null for nothing.</param>
    public static ReadOnlySpan<byte> Merge(ReadOnlySpan<byte> body, byte[]? extension)
    {
        if (extension is null)
        {
            return body;
        }

        using var column = JsonDocument.Parse(extension);
        return column.RootElement.TryGetProperty(Key, out var kept) ? Merge(body, kept) : body;
    }

    private static ReadOnlySpan<byte> Merge(ReadOnlySpan<byte> body, JsonElement kept)
    {
        using var known = JsonDocument.Parse((byte[])[(byte)'{', .. body, (byte)'}']);
        var buffer = new ArrayBufferWriter<byte>(body.Length * 2);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            foreach (var member in known.RootElement.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                var isOver = kept.TryGetProperty(member.Name, out var over) && IsCurrent(member, over);
                (isOver ? over : member.Value).WriteTo(json);
            }

            foreach (var member in kept.EnumerateObject())
            {
                if (!IsStructure(member.Name) && !known.RootElement.TryGetProperty(member.Name, out _))
                {
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1];
    }

    // Another API may have changed the list since: then what was around it is out of date.
    private static bool IsCurrent(JsonProperty member, JsonElement over) =>
        !IsStructure(member.Name) || JsonElement.DeepEquals(member.Value, KnownPart(member.Name, over));

    private static bool IsStructure(string name) => name is "emails" or "phoneNumbers" or "sipAddresses" or "addressInfo";

    private static JsonElement KnownPart(string name, JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            WriteKnown(json, name, value);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var entry in value.EnumerateArray())
                {
                    WriteKnown(json, name, entry);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(member => IsKnown(name, member.Name)))
                {
                    member.WriteTo(json);
                }

                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private static bool IsKnown(string structure, string member) =>
        structure == "addressInfo" ? AddressInfo.Parts.Any(part => part.Name == member) : member is "type" or "value" or "primary";

    // A null is as good as nothing, and fatal to the SDK in some places.
    private static void Write(Utf8JsonWriter json, JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Null)
        {
            json.WritePropertyName(member.Name);
            Write(json, member.Value);
        }
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var entry in value.EnumerateArray().Where(entry => entry.ValueKind != JsonValueKind.Null))
                {
                    Write(json, entry);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
