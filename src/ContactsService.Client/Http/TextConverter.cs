using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>
/// Writes texts to the letter or not at all: System.Text.Json would put U+FFFD in the place of half a character, and the service would store that.
/// </summary>
internal sealed class TextConverter : JsonConverter<string>
{
    /// <summary>Gives the text back.</summary>
    /// <exception cref="ArgumentException">It has half a character: a lone surrogate.</exception>
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
                throw new ArgumentException($"The text has half a character, a lone surrogate, at {i}.", nameof(text));
            }
        }

        return text;
    }

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(Checked(value));

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Checked(value));
}
