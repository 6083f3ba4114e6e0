using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Client;

/// <summary>The members of a merge patch by their JSON names: here are those that were assigned, and null is a value of its own.</summary>
internal sealed class PatchMembers
{
    private readonly Dictionary<string, object?> assigned = new(StringComparer.Ordinal);

    public T? Get<T>([CallerMemberName] string property = "")
        where T : class => (T?)assigned.GetValueOrDefault(Name(property));

    public bool? Flag([CallerMemberName] string property = "") => (bool?)assigned.GetValueOrDefault(Name(property));

    public void Set(object? value, [CallerMemberName] string property = "") => assigned[Name(property)] = value;

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, value) in assigned)
        {
            json[name] = Node(value);
        }

        return json;
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(TextConverter.Checked(text)),
        bool flag => JsonValue.Create(flag),
        AddressPatch address => address.Changes.ToJson(),
        IReadOnlyList<ContactPoint> points => JsonSerializer.SerializeToNode(points, ClientJson.Wire.IReadOnlyListContactPoint),
        IReadOnlyList<ContactAddress> addresses => JsonSerializer.SerializeToNode(addresses, ClientJson.Wire.IReadOnlyListContactAddress),
        IReadOnlyDictionary<string, CustomValue?> custom =>
            JsonSerializer.SerializeToNode(custom, ClientJson.Wire.IReadOnlyDictionaryStringNullableCustomValue),
        IReadOnlyList<string> texts => JsonSerializer.SerializeToNode(texts, ClientJson.Wire.IReadOnlyListString),
        _ => throw new NotSupportedException($"A patch cannot hold {value.GetType()}."),
    };

    private static string Name(string property) => property == "AvatarUrl" ? "avatarURL" : JsonNamingPolicy.CamelCase.ConvertName(property);
}
