using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ContactsService.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Server;

/// <summary>Names, limits, enumerations and examples of the schemas.</summary>
internal sealed class OpenApiSchemas(IEnumerable<SchemaExample> examples) : ISchemaFilter
{
    private static readonly string[] Suffixes = ["Document", "View"];

    /// <summary>The name of a type's schema: without the words that only our code needs.</summary>
    public static string Name(Type type) => Variant(type) switch
    {
        (Variants.Entry, { } inner) => $"{Name(inner)}Entry",
        (Variants.Patch, { } inner) => $"{WithoutSuffix(Name(inner), ["Draft"])}Patch",
        _ => WithoutSuffix(type.Name, Suffixes),
    };

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Type: JsonSchemaType.Object } described
            || context.MemberInfo is not null || context.Type == typeof(object))
        {
            return;
        }

        if (Variant(context.Type) is (var variant, { } inner))
        {
            Derive(described, variant, inner, context);
            return;
        }

        foreach (var (name, property) in described.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            if (property is OpenApiSchema own)
            {
                Complete(own, Member(context.Type, name));
            }
        }

        described.Properties = described.Properties?
            .OrderBy(property => Member(context.Type, property.Key)?.GetCustomAttribute<JsonPropertyOrderAttribute>()?.Order ?? 0)
            .ToDictionary(property => property.Key, property => property.Value, StringComparer.Ordinal);
        var example = examples.FirstOrDefault(one => one.Type == context.Type);
        described.AdditionalPropertiesAllowed = example?.HasOtherMembers == true;
        if (example is not null)
        {
            described.Examples = [JsonNode.Parse(example.Json)!];
        }
    }

    // Members are absent when not set, never null, except where null is documented.
    private static void Complete(OpenApiSchema property, PropertyInfo? member)
    {
        if (member?.IsDefined(typeof(TakesNullAttribute)) != true)
        {
            property.Type &= ~JsonSchemaType.Null;
        }

        var words = member?.DeclaringType == typeof(ProblemView) && member.Name == nameof(ProblemView.Code)
            ? [.. Problems.All.Keys]
            : member?.GetCustomAttribute<AllowedValuesAttribute>()?.Values ?? [];
        if (words.Length > 0)
        {
            var target = property.Items as OpenApiSchema ?? property;
            target.Enum = [.. words.Select(word => (JsonNode)(string)word!)];
        }
        else if (property.Type == JsonSchemaType.String && property.Format is null)
        {
            property.MaxLength ??= TextLimits.MaxTextLength;
        }
    }

    private static PropertyInfo? Member(Type type, string name) => type.GetProperties().FirstOrDefault(property =>
        (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name)) == name);

    private void Derive(OpenApiSchema described, Variants variant, Type inner, SchemaFilterContext context)
    {
        context.SchemaGenerator.GenerateSchema(inner, context.SchemaRepository);
        var full = (OpenApiSchema)context.SchemaRepository.Schemas[Name(inner)];
        described.AdditionalPropertiesAllowed = full.AdditionalPropertiesAllowed;
        described.Description = full.Description;
        var example = examples.FirstOrDefault(one => one.Type == context.Type);
        described.Examples = example is null ? full.Examples : [JsonNode.Parse(example.Json)!];
        if (variant == Variants.Entry)
        {
            described.Properties = full.Properties;
            described.Required = new HashSet<string>(StringComparer.Ordinal) { full.Properties!.Keys.First() };
            return;
        }

        described.Properties = full.Properties!.ToDictionary(
            property => property.Key,
            IOpenApiSchema (property) => Nullable(property.Value, context.SchemaRepository),
            StringComparer.Ordinal);
    }

    // Beside a reference, OpenAPI 3.0 has no place for null.
    private static OpenApiSchema Nullable(IOpenApiSchema schema, SchemaRepository schemas)
    {
        var target = schema is OpenApiSchemaReference reference ? schemas.Schemas[reference.Reference.Id!] : schema;
        var copy = (OpenApiSchema)target.CreateShallowCopy();
        copy.Type |= JsonSchemaType.Null;
        if (copy.Enum is { Count: > 0 } words)
        {
            copy.Enum = [.. words, JsonNullSentinel.JsonNull];
        }

        return copy;
    }

    private static (Variants Variant, Type Inner)? Variant(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(EntryOf<>) ? (Variants.Entry, type.GetGenericArguments()[0])
            : definition == typeof(PatchOf<>) ? (Variants.Patch, type.GetGenericArguments()[0])
            : null;
    }

    private static string WithoutSuffix(string name, string[] suffixes) =>
        suffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is { } found ? name[..^found.Length] : name;

    private enum Variants
    {
        Entry,
        Patch,
    }
}
