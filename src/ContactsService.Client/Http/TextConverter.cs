using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>
/// Writes texts exactly or not at all: System.Text.Json would replace an unpaired surrogate by U+FFFD, and the service would store that.
/// </summary>
internal sealed class TextConverter : JsonConverter<string>
{
    /// <summary>Returns the text.</summary>
    /// <exception cref="ArgumentException">The text contains an unpaired surrogate.</exception>
    public static string Checked(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new ArgumentException($"The text contains an unpaired surrogate at index {i}.", nameof(text));
            }
        }

        return text;
    }

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Checked(value));

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Checked(value));
}
