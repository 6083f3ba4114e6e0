using ContactsService.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Server;

/// <summary>Completes a document: its server, its tags in their order, and only those security schemes that its operations take.</summary>
internal sealed class OpenApiTags(IEnumerable<ApiTag> tags) : IDocumentFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Servers = [new() { Url = "/", Description = "This service." }];
        swaggerDoc.Tags = tags
            .Where(tag => tag.Document == context.DocumentName)
            .OrderBy(tag => tag.Place)
            .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })
            .ToHashSet();
        var taken = swaggerDoc.Paths.Values
            .SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.Security ?? [])
            .SelectMany(requirement => requirement.Keys)
            .Select(scheme => scheme.Reference.Id)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var scheme in swaggerDoc.Components!.SecuritySchemes!.Keys.Where(scheme => !taken.Contains(scheme)).ToList())
        {
            swaggerDoc.Components.SecuritySchemes.Remove(scheme);
        }
    }
}
