using ContactsService.Access;
using ContactsService.Access.Oidc;
using ContactsService.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Server;

/// <summary>
/// Adds to each operation what its route says by metadata: name, parameters, headers, security, and what each status means.
/// </summary>
internal sealed class OpenApiOperations(OidcIssuers issuers) : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        operation.OperationId = metadata.OfType<OperationName>().LastOrDefault()?.Name;
        operation.Parameters ??= [];
        AddPath(operation, context.ApiDescription);
        foreach (var described in metadata.OfType<DescribedParameter>())
        {
            operation.Parameters.Add(OpenApiParameters.Query(described));
        }

        AddHeaders(operation, metadata, context.ApiDescription.HttpMethod ?? "");
        AddScope(operation, metadata);
        OpenApiAnswers.Describe(
            operation, [.. metadata.OfType<SendsHeader>()], [.. metadata.OfType<RefusesWith>().Select(named => named.Problem)]);
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        string[] schemes = isOpen
            ? []
            :
            [
                TokenScheme.Name,
                .. metadata.OfType<AlsoTakes>().Select(other => other.Scheme),
                .. OpenApi.LoginsOf(issuers).Select(login => login.Name),
            ];
        operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
        })];
    }

    // Whatever the route is: a token with scopes may lack its own.
    private static void AddScope(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<InScope>().Any()
            && operation.Responses!.TryGetValue("401", out var refusal)
            && operation.Responses.TryAdd("403", new OpenApiResponse { Content = OfSchemas(refusal.Content) }))
        {
            var answers = operation.Responses.OrderBy(answer => answer.Key, StringComparer.Ordinal).ToList();
            operation.Responses.Clear();
            answers.ForEach(answer => operation.Responses.Add(answer.Key, answer.Value));
        }
    }

    private static Dictionary<string, IOpenApiMediaType>? OfSchemas(IDictionary<string, IOpenApiMediaType>? content) =>
        content?.ToDictionary(
            media => media.Key, IOpenApiMediaType (media) => new OpenApiMediaType { Schema = media.Value.Schema }, StringComparer.Ordinal);

    // A part of the path that a filter reads, and no handler, is not in the description.
    private static void AddPath(OpenApiOperation operation, ApiDescription api)
    {
        foreach (var part in RoutePatternFactory.Parse(api.RelativePath ?? "").Parameters)
        {
            if (!operation.Parameters!.Any(parameter => parameter.In == ParameterLocation.Path && parameter.Name == part.Name))
            {
                var description = part.Name == "orgId" ? "Your organization's id." : $"The {part.Name}.";
                operation.Parameters!.Insert(0, OpenApiParameters.Path(part.Name, description));
            }
        }
    }

    private static void AddHeaders(OpenApiOperation operation, IList<object> metadata, string method)
    {
        if (metadata.OfType<IdempotentRoute>().Any())
        {
            operation.Parameters!.Add(OpenApiParameters.Header(
                IdempotentRoutes.Header,
                "Kept for 24 hours: the same key with the same request gets the first answer again.",
                maxLength: 255));
        }

        if (metadata.OfType<AnswersEventStream>().Any())
        {
            operation.Parameters!.Add(OpenApiParameters.Header(
                AnswersEventStream.LastEventId, "The id of the last event that you got: the stream goes on behind it."));
        }

        if (method != "GET" && operation.Responses!.ContainsKey("412"))
        {
            operation.Parameters!.Add(OpenApiParameters.Header("If-Match", "The ETag that you read: 412 when it is stale. * for any."));
        }

        if (method == "PUT" && operation.Responses!.ContainsKey("201"))
        {
            operation.Parameters!.Add(OpenApiParameters.Header("If-None-Match", "* to create only: 412 when it exists."));
        }

        if (method == "GET" && operation.Responses!.ContainsKey("304"))
        {
            operation.Parameters!.Add(OpenApiParameters.Header("If-None-Match", "The ETag that you have: 304 when it is current."));
        }
    }
}
