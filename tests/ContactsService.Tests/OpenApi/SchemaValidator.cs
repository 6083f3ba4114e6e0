using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContactsService.Tests.OpenApi;

/// <summary>
/// Holds JSON against a schema of an OpenAPI 3.0 document, as far as our documents use its keywords; another keyword is an error.
/// Written here because JsonSchema.Net does not restore: its package JsonPointer.Net is not found.
/// </summary>
internal sealed class SchemaValidator(JsonNode document)
{
    private static readonly string[] Remarks = ["description", "example", "default", "format"];

    /// <summary>What is wrong, each with its place.</summary>
    public IEnumerable<string> Errors(JsonNode schema, JsonNode? value, string place = "$")
    {
        if (schema["$ref"] is { } reference)
        {
            return Errors(document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!, value, place);
        }

        if (value is null)
        {
            return schema["nullable"]?.GetValue<bool>() == true ? [] : [$"{place} is null."];
        }

        return schema.AsObject().SelectMany(keyword => Errors(keyword.Key, keyword.Value!, schema, value, place)).ToList();
    }

    private IEnumerable<string> Errors(string keyword, JsonNode rule, JsonNode schema, JsonNode value, string place) => keyword switch
    {
        "type" => IsOfType(rule.GetValue<string>(), value) ? FormatErrors(schema, value, place) : [$"{place} is no {rule}."],
        "enum" => rule.AsArray().Any(word => JsonNode.DeepEquals(word, value))
            ? []
            : [$"{place} is {value.ToJsonString()}, not one of {rule.ToJsonString()}."],
        "maxLength" => value.GetValue<string>().Length <= rule.GetValue<int>() ? [] : [$"{place} is too long."],
        "maxItems" => value.AsArray().Count <= rule.GetValue<int>() ? [] : [$"{place} is too long."],
        "minimum" => value.GetValue<decimal>() >= rule.GetValue<decimal>() ? [] : [$"{place} is too small."],
        "maximum" => value.GetValue<decimal>() <= rule.GetValue<decimal>() ? [] : [$"{place} is too great."],
        "required" => value is JsonObject members
            ? rule.AsArray().Select(name => name!.GetValue<string>())
                .Where(name => !members.ContainsKey(name)).Select(name => $"{place}.{name} is missing.")
            : [],
        "items" => value is JsonArray entries ? entries.SelectMany((entry, index) => Errors(rule, entry, $"{place}[{index}]")) : [],
        "properties" => value is JsonObject members
            ? members.Where(member => rule[member.Key] is not null)
                .SelectMany(member => Errors(rule[member.Key]!, member.Value, $"{place}.{member.Key}"))
            : [],
        "additionalProperties" => value is JsonObject members
            ? members.Where(member => schema["properties"]?[member.Key] is null)
                .SelectMany(member => OtherErrors(rule, member.Value, $"{place}.{member.Key}"))
            : [],
        "nullable" => [],
        _ when Remarks.Contains(keyword, StringComparer.Ordinal) => [],
        _ => [$"{place}: this validator does not know the keyword {keyword}."],
    };

    private IEnumerable<string> OtherErrors(JsonNode rule, JsonNode? value, string place) => rule switch
    {
        JsonObject schema => Errors(schema, value, place),
        _ when rule.GetValue<bool>() => [],
        _ => [$"{place} is not described."],
    };

    private static bool IsOfType(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) => true,
        ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.GetValue<decimal>() % 1 == 0,
        _ => false,
    };

    private static IEnumerable<string> FormatErrors(JsonNode schema, JsonNode value, string place)
    {
        var isRight = schema["format"]?.GetValue<string>() switch
        {
            "date-time" => DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _),
            "uuid" => Guid.TryParseExact(value.GetValue<string>(), "D", out _),
            _ => true,
        };
        return isRight ? [] : [$"{place} is no {schema["format"]}: {value}"];
    }
}
