using System.Text.Json.Nodes;
using ContactsService.Access;
using ContactsService.Filtering;
using ContactsService.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Server;

/// <summary>Adds to each operation what the routes say by their metadata: parameters, headers, security and what each status means.</summary>
internal sealed class OpenApiOperations : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod ?? "";
        operation.OperationId = OperationId(method, context.ApiDescription.RelativePath ?? "");
        operation.Parameters ??= [];
        AddQuery(operation, metadata);
        foreach (var organization in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.Name == "orgId"))
        {
            organization.Description = "Your organization's id.";
        }

        AddHeaders(operation, metadata, method);
        OpenApiAnswers.Describe(operation);
        var isOpen = metadata.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any();
        string[] schemes = isOpen ? [] : [TokenScheme.Name, .. metadata.OfType<AlsoTakes>().Select(other => other.Scheme)];
        operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
        })];
    }

    // GET contacts/{contactId} is getContactsContactId: stable as long as the address is.
    private static string OperationId(string method, string path) => method.ToLowerInvariant() + string.Concat(path
        .Split('/', '{', '}')
        .Where(part => part.Length > 0)
        .Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private static void AddQuery(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<AttributeSet>().FirstOrDefault() is { } attributes)
        {
            foreach (var attribute in attributes.All)
            {
                operation.Parameters!.Add(Query(attribute.Name, Explain(attribute)));
            }

            operation.Parameters!.Add(Query("sort", "Attributes to sort by, separated by commas; a minus sign turns the order. What is absent comes last.", "lastName,-lastModified"));
            operation.Parameters!.Add(Query("pageSize", "1 to 1000; 100 when left out.", 50));
            operation.Parameters!.Add(Query("pageToken", "The nextPageToken of the page before, with the same query."));
            operation.Parameters!.Add(Query("fields", "The members to answer with, separated by commas; the id is always there.", "displayName"));
        }

        foreach (var described in metadata.OfType<DescribedParameter>())
        {
            operation.Parameters!.Add(Query(described.Name, described.Description));
        }
    }

    private static string Explain(Filtering.Attribute attribute)
    {
        var meaning = attribute.Kind switch
        {
            AttributeKind.Text => "Text, without regard to case.",
            AttributeKind.Id => "An id, exactly.",
            AttributeKind.Word => $"One of {string.Join(", ", attribute.Words)}, in any case.",
            AttributeKind.Flag => "true or false.",
            AttributeKind.Time => "A time such as 2026-01-31T08:30:00Z.",
            AttributeKind.Number => "A whole number.",
            AttributeKind.Texts => "Any entry's value, without regard to case.",
            AttributeKind.Date => "A date such as 2001-02-03, 2001-02 or --02-03; ranges hold for dates with a year.",
            AttributeKind.Tagged => "Any entry's part, without regard to case.",
            AttributeKind.Phones => "Any entry's value, by its digits.",
            _ => "An id; any entry counts.",
        };
        var operators = attribute.Operators.Where(one => one.Length > 0).Select(one => $"{attribute.Name}[{one}]");
        var aliases = attribute.Aliases.Count == 0 ? "" : $" Also: {string.Join(", ", attribute.Aliases)}.";
        return $"{meaning} Repeat it for any of several values. Also {string.Join(", ", operators)}.{aliases}";
    }

    private static void AddHeaders(OpenApiOperation operation, IList<object> metadata, string method)
    {
        var isItem = operation.Parameters!.Any(parameter => parameter.In == ParameterLocation.Path && parameter.Name is not ("tokenId" or "orgId"));
        if (metadata.OfType<IdempotentRoute>().Any())
        {
            operation.Parameters!.Add(Header(IdempotentRoutes.Header, "1 to 255 characters, kept for 24 hours: the same key with the same request gets the first answer again."));
        }

        if (method != "GET" && isItem)
        {
            operation.Parameters!.Add(Header("If-Match", "The ETag that you read: 412 when it is stale. * for any."));
        }

        if (method == "GET" && operation.Responses!.ContainsKey("304"))
        {
            operation.Parameters!.Add(Header("If-None-Match", "The ETag that you have: 304 when it is current."));
        }
    }

    private static OpenApiParameter Query(string name, string description, JsonNode? example = null) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = example is null ? description : $"{description} Example: {example}",
        Schema = new OpenApiSchema { Type = name == "pageSize" ? JsonSchemaType.Integer : JsonSchemaType.String },
    };

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
