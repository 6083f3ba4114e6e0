using System.Globalization;
using System.Text.Json.Nodes;
using ContactsService.Http;
using Microsoft.OpenApi;

namespace ContactsService.Server;

/// <summary>Parameters as the OpenAPI document has them.</summary>
internal static class OpenApiParameters
{
    /// <summary>A parameter of the query.</summary>
    public static OpenApiParameter Query(DescribedParameter described)
    {
        if (described.Type == ParameterType.Names)
        {
            return Names(described);
        }

        var value = Value(described);
        return new()
        {
            Name = described.Name,
            In = ParameterLocation.Query,
            Description = described.Description,
            Explode = true,
            Example = described.Example,
            Schema = described.IsRepeated ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value } : value,
        };
    }

    /// <summary>A part of the path.</summary>
    public static OpenApiParameter Path(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    /// <summary>A header.</summary>
    public static OpenApiParameter Header(string name, string description, int? maxLength = null) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = maxLength, MinLength = maxLength is null ? null : 1 },
    };

    // The example is empty, or Swagger UI would send a filter that nobody asked for. As Example, the library leaves an empty one out.
    private static OpenApiParameter Names(DescribedParameter described) => new()
    {
        Name = described.Name,
        In = ParameterLocation.Query,
        Description = described.Description,
        Style = ParameterStyle.Form,
        Explode = true,
        Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal)
        {
            ["example"] = new JsonNodeExtension(new JsonObject()),
        },
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };

    private static OpenApiSchema Value(DescribedParameter described)
    {
        var schema = new OpenApiSchema
        {
            Type = described.Type switch
            {
                ParameterType.Number => JsonSchemaType.Integer,
                ParameterType.Flag => JsonSchemaType.Boolean,
                _ => JsonSchemaType.String,
            },
            Format = described.Type == ParameterType.Time ? "date-time" : null,
            Minimum = described.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = described.Maximum?.ToString(CultureInfo.InvariantCulture),
            Default = described.Default,
        };
        if (described.Words.Count > 0)
        {
            schema.Enum = [.. described.Words.Select(word => (JsonNode)word)];
        }

        return schema;
    }
}
