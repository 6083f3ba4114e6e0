using Swashbuckle.AspNetCore.SwaggerGen;
using Microsoft.OpenApi;
namespace ContactsService.Http;
internal sealed class OpenApiOperations : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context) { }
}
