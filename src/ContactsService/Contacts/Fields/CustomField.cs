using System.Text.Json;
using ContactsService.Filtering;
using ContactsService.Http;
using ContactsService.Storage;

namespace ContactsService.Contacts.Fields;

/// <summary>Attributes of the caller's own; each key is an attribute.</summary>
internal sealed class CustomField() : ContactField<IReadOnlyDictionary<string, JsonElement>?>(
    "custom", contact => contact.Custom, (contact, values) => contact.Custom = values)
{
    /// <summary>The most keys of a contact.</summary>
    public const int MaxKeys = 100;

    /// <summary>How the names of its attributes begin.</summary>
    public const string Prefix = "custom.";

    /// <summary>What to say of a key that is none.</summary>
    public static readonly string KeyRule = $"A key has 1 to {MaxKeyLength} characters of A–Z a–z 0–9 . _ - :.";

    private const int MaxKeyLength = 64;

    /// <inheritdoc/>
    public override IReadOnlyList<ContactColumn> Columns =>
        [new(Name, ContactColumn.Texts, contact => Folded(Get(contact))) { HasLookup = true }];

    /// <inheritdoc/>
    public override IReadOnlyList<Filtering.Attribute> Attributes => []; // there is one for each key

    /// <summary>The attribute of a key; null when it is none.</summary>
    public static Filtering.Attribute? Attribute(string key) =>
        IsKey(key) ? new($"{Prefix}{key}", AttributeKind.Tagged, "custom") { Tag = Tag(key), HasLookup = true } : null;

    /// <summary>True for what may be a key.</summary>
    public static bool IsKey(string key) =>
        key is { Length: > 0 and <= MaxKeyLength } && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':');

    /// <inheritdoc/>
    public override void Read(MemberReader members, Contact contact)
    {
        if (members.Find(Name) is not { } json)
        {
            return;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            members.Refuse(Name, "It is an object.");
            return;
        }

        var values = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            values.Add(member.Name, member.Value);
            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                members.Refuse($"{Prefix}{member.Name}", "It is a string, a number, true or false.");
            }
        }

        Set(contact, values);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, Contact contact)
    {
        if (Get(contact) is not { } values)
        {
            return;
        }

        json.WriteStartObject(Name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            value.WriteTo(json); // numbers as they are spelt
        }

        json.WriteEndObject();
    }

    /// <inheritdoc/>
    protected override IEnumerable<string?> Texts(Contact contact) => [];

    // The first colon of an entry ends the tag.
    private static string Tag(string key) => key.Replace(':', ';');

    private static string[]? Folded(IReadOnlyDictionary<string, JsonElement>? values) =>
        values is { Count: > 0 } ? [.. values.Select(pair => $"{Tag(pair.Key)}:{CaseFolding.Text(Text(pair.Value))}")] : null;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
