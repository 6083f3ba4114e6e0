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
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ClientJson : JsonSerializerContext;

/// <summary>The body of <c>POST /groups/{groupId}/members</c>.</summary>
internal sealed record MembershipChange(IReadOnlyList<string> Add, IReadOnlyList<string> Remove);
