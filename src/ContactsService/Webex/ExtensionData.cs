using System.Buffers;
using System.Text;
using System.Text.Json;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Webex;

/// <summary>
/// What clients of this door send and the model has no place for: members nobody knows, and, whole, the lists and addresses
/// that have such members in them. It is kept beside the contact, as ready text, and put over its body when it is read.
/// </summary>
internal static class ExtensionData
{
    /// <summary>The ready text of what the reader did not know; null for nothing.</summary>
    public static string? Of(MemberReader members)
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

        return buffer.WrittenCount > "{}".Length ? Encoding.UTF8.GetString(buffer.WrittenSpan[1..^1]) : null;
    }

    /// <summary>The members of a body with the extra ones put over them; both without braces.</summary>
    public static byte[] Merge(byte[] body, byte[] extra)
    {
        using var known = Parse(body);
        using var kept = Parse(extra);
        var buffer = new ArrayBufferWriter<byte>(body.Length + extra.Length + 2);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            foreach (var member in known.RootElement.EnumerateObject())
            {
                json.WritePropertyName(member.Name);
                var isOver = kept.RootElement.TryGetProperty(member.Name, out var over) && IsCurrent(member, over);
                (isOver ? over : member.Value).WriteTo(json);
            }

            foreach (var member in kept.RootElement.EnumerateObject())
            {
                if (!IsStructure(member.Name) && !known.RootElement.TryGetProperty(member.Name, out _))
                {
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }

    private static JsonDocument Parse(byte[] members) => JsonDocument.Parse((byte[])[(byte)'{', .. members, (byte)'}']);

    // Another door may have changed the list since: then what was around it is out of date.
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
        structure == "addressInfo" ? ContactField.Address.Any(part => part.Name == member) : member is "type" or "value" or "primary";

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
