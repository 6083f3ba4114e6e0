using System.Buffers;
using System.Text.Json;
using ContactsService.Contacts;
using ContactsService.Http;

namespace ContactsService.Webex;

/// <summary>
/// Removes what a client of the SDK could not decrypt from a contact that is encrypted otherwise: another API may write plain text beside
/// ciphertext, and one such text would fail the client's whole list (webex-wire.md, 2.4).
/// </summary>
internal static class PlainText
{
    private static readonly HashSet<string> EncryptedMembers =
        new(ContactField.All.Where(field => field.IsEncrypted).Select(field => field.Name), StringComparer.Ordinal);

    /// <summary>Ready members without the plain text; both without braces.</summary>
    public static byte[] Remove(ReadOnlySpan<byte> members)
    {
        using var document = JsonDocument.Parse((byte[])[(byte)'{', .. members, (byte)'}']);
        var buffer = new ArrayBufferWriter<byte>(members.Length + 2);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writer))
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                Write(json, member);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }

    private static void Write(Utf8JsonWriter json, JsonProperty member)
    {
        if (!EncryptedMembers.Contains(member.Name))
        {
            member.WriteTo(json);
            return;
        }

        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray(member.Name);
                foreach (var entry in member.Value.EnumerateArray().Where(entry => Ciphertext.Is(entry.GetProperty("value").GetString())))
                {
                    entry.WriteTo(json);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject(member.Name);
                foreach (var part in member.Value.EnumerateObject().Where(part => Ciphertext.Is(part.Value.GetString())))
                {
                    part.WriteTo(json);
                }

                json.WriteEndObject();
                break;
            case var _ when member.Value.GetString() is not { Length: > 0 } text || Ciphertext.Is(text):
                member.WriteTo(json);
                break;
        }
    }
}
