using ContactsService.Access;
using Microsoft.OpenApi;

namespace ContactsService.Server;

/// <summary>The OpenAPI document and Swagger UI.</summary>
internal static class OpenApi
{
    /// <summary>Adds the generator.</summary>
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("openapi", new OpenApiInfo
            {
                Title = "Contacts service",
                Version = "v1",
                Description = """
                    Personal contact books with groups, and the contacts of an organization.

                    Send `Authorization: Bearer <token>`; in Development on loopback no token is needed. What is not set is absent, never null.
                    Every contact, group and list has an ETag. Errors are problem details (RFC 9457) with a stable `code`; `/problems` explains them.
                    """,
            });
            options.IncludeXmlComments(typeof(OpenApi).Assembly);
            options.SupportNonNullableReferenceTypes();
            options.AddSecurityDefinition(TokenScheme.Name, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token as printed by the token command or answered by POST /tokens. In Development on loopback, none is needed.",
            });
            options.CustomSchemaIds(OpenApiSchemas.Name);
            options.SchemaFilter<OpenApiSchemas>();
            options.OperationFilter<OpenApiOperations>();
        });
    }

    /// <summary>Adds the document and the pages.</summary>
    public static void UseSwaggerPages(this WebApplication app) => app.UseWhen(IsAboutPages, pages =>
    {
        pages.UseSwagger(options => options.RouteTemplate = "{documentName:regex(^openapi$)}.json");
        pages.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "Contacts service";
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint("/openapi.json", "Contacts service");
            options.EnableTryItOutByDefault();
            options.EnablePersistAuthorization();
        });
    });

    // Their layers look at every address at length: a twentieth of the work of a short answer.
    private static bool IsAboutPages(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) || http.Request.Path == "/openapi.json";
}
