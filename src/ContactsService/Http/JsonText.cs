using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContactsService.Http;

/// <summary>How JSON is written: text as it is, with escapes where JSON demands them and for what lies beyond the BMP.</summary>
internal static class JsonText
{
    // The relaxed encoder is safe here: no answer of this service is ever embedded in HTML.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>For <see cref="Utf8JsonWriter"/>. Names and nesting are ours, so they are not validated again.</summary>
    public static readonly JsonWriterOptions Writer = new() { Encoder = Encoder, SkipValidation = true };

    /// <summary>For <see cref="JsonSerializer"/>.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = Encoder };

    /// <summary>A record as JSON.</summary>
    public static ReadOnlyMemory<byte> Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);
}
