using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContactsService.Http;

/// <summary>JSON settings: text is written as it is, with escapes only where JSON requires them and beyond the BMP.</summary>
internal static class JsonText
{
    // The relaxed encoder is safe: no answer of this service is embedded in HTML.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>For <see cref="Utf8JsonWriter"/>. The service writes the names and the nesting, so they are not validated again.</summary>
    public static readonly JsonWriterOptions Writer = new() { Encoder = Encoder, SkipValidation = true };

    /// <summary>For <see cref="JsonSerializer"/>.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = Encoder };

    /// <summary>Serializes a record.</summary>
    public static ReadOnlyMemory<byte> Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);
}
