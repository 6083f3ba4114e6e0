using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ContactsService.Client;

/// <summary>The JSON of the client, generated at compile time, so that programs can be trimmed. Unknown members are ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TextConverter)])]
[JsonSerializable(typeof(BulkResultList))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(ContactGroup))]
[JsonSerializable(typeof(ContactPage))]
[JsonSerializable(typeof(GroupPage))]
[JsonSerializable(typeof(MembershipChange))]
[JsonSerializable(typeof(OrganizationSettings))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(WebhookDeliveryList))]
[JsonSerializable(typeof(WebhookDraft))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(WebhookMessage))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, CustomValue?>))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>
    /// Writes characters without escapes: escaped, a name in Chinese takes twice the bytes, and the service accepts 256 KiB.
    /// </summary>
    public static ClientJson Wire => Unescaped.Json;

    // A separate class: static fields of this one may be initialized before those that the generator adds.
    private static class Unescaped
    {
        public static readonly ClientJson Json = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}

/// <summary>The body of <c>POST /groups/{groupId}/members</c>.</summary>
internal sealed record MembershipChange(IReadOnlyList<string> Add, IReadOnlyList<string> Remove);
