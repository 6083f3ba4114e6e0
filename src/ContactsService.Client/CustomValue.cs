using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>
/// A value of <see cref="Contact.Custom"/>: a text, a number or a boolean. Made by assignment: <c>["crm"] = "A-7", ["vip"] = true</c>.
/// </summary>
[JsonConverter(typeof(CustomValueConverter))]
public readonly record struct CustomValue
{
    private readonly object? value; // a string, a bool, or a number as it is spelt

    private CustomValue(object value) => this.value = value;

    /// <summary>The text; null for a number or a boolean.</summary>
    public string? Text => value as string;

    /// <summary>The boolean; null for a text or a number.</summary>
    public bool? Flag => value as bool?;

    /// <summary>The number; null for a text or a boolean, and for a number that no <see cref="decimal"/> holds.</summary>
    public decimal? Number =>
        value is Spelling number && decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : null;

    /// <summary>A text.</summary>
    public static implicit operator CustomValue(string value) => FromText(value);

    /// <summary>A boolean.</summary>
    public static implicit operator CustomValue(bool value) => FromFlag(value);

    /// <summary>A number.</summary>
    public static implicit operator CustomValue(decimal value) => FromNumber(value);

    /// <summary>A number.</summary>
    public static implicit operator CustomValue(long value) => FromNumber(value);

    /// <summary>A text.</summary>
    public static CustomValue FromText(string value) => new(value);

    /// <summary>A boolean.</summary>
    public static CustomValue FromFlag(bool value) => new(value);

    /// <summary>A number.</summary>
    public static CustomValue FromNumber(decimal value) => new(new Spelling(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The text, or the number or boolean as it is spelt in JSON.</summary>
    public override string ToString() => value switch
    {
        bool flag => flag ? "true" : "false",
        Spelling number => number.Text,
        _ => value as string ?? "",
    };

    internal static CustomValue FromSpelling(string number) => new(new Spelling(number));

    internal void Write(Utf8JsonWriter json)
    {
        switch (value)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case Spelling number:
                json.WriteRawValue(number.Text);
                break;
            default:
                json.WriteStringValue(TextConverter.Checked(value as string ?? ""));
                break;
        }
    }

    private sealed record Spelling(string Text);
}

/// <summary>Reads and writes values of <see cref="Contact.Custom"/>; numbers as they are spelt.</summary>
internal sealed class CustomValueConverter : JsonConverter<CustomValue>
{
    public override CustomValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number => CustomValue.FromSpelling(JsonElement.ParseValue(ref reader).GetRawText()),
            _ => throw new JsonException("A custom value is a text, a number or a boolean."),
        };

    public override void Write(Utf8JsonWriter writer, CustomValue value, JsonSerializerOptions options) => value.Write(writer);
}
