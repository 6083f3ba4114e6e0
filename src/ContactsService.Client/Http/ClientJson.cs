using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>All JSON of the client, made at compile time: no reflection, so programs can be trimmed. Members that are not known here are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TextConverter)])]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(ContactGroup))]
[JsonSerializable(typeof(ContactPage))]
[JsonSerializable(typeof(GroupPage))]
[JsonSerializable(typeof(MembershipChange))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, CustomValue?>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>
    /// With characters as they are: escaped, as they would be for HTML, a name in Chinese takes twice the bytes, of which the service takes 256 KiB.
    /// </summary>
    public static ClientJson Wire => Unescaped.Json;

    // A class of its own: fields of this one may be set before those that the generator adds.
    private static class Unescaped
    {
        public static readonly ClientJson Json = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>The body of <c>POST /groups/{groupId}/members</c>.</summary>
internal sealed record MembershipChange(IReadOnlyList<string> Add, IReadOnlyList<string> Remove);
