using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
namespace ContactsService.Http;

internal sealed class OpenApiOperations : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context) { }
}
