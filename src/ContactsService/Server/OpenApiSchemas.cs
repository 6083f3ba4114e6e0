using System.Text.Json.Nodes;
using ContactsService.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Server;

/// <summary>Names, limits and examples of the schemas.</summary>
internal sealed class OpenApiSchemas(IEnumerable<SchemaExample> examples) : ISchemaFilter
{
    private static readonly string[] Suffixes = ["Document", "View"];

    /// <summary>The name of a type's schema: without the words that only our code needs.</summary>
    public static string Name(Type type) => Suffixes.FirstOrDefault(type.Name.EndsWith) is { } suffix ? type.Name[..^suffix.Length] : type.Name;

    /// <inheritdoc/>
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Type: JsonSchemaType.Object } described || context.MemberInfo is not null)
        {
            return;
        }

        // Properties are absent when not set, never null.
        foreach (var property in described.Properties?.Values.OfType<OpenApiSchema>() ?? [])
        {
            property.Type &= ~JsonSchemaType.Null;
            if (property.Type == JsonSchemaType.String && property.Format is null && property.Enum is null)
            {
                property.MaxLength = TextLimits.MaxTextLength;
            }
        }

        var example = examples.FirstOrDefault(one => one.Type == context.Type);
        described.AdditionalPropertiesAllowed = example?.HasOtherMembers == true;
        if (example is not null)
        {
            described.Examples = [JsonNode.Parse(example.Json)!];
        }
    }
}
