using ContactsService.Access;
using ContactsService.Filtering;
using Microsoft.OpenApi;

namespace ContactsService.Http;

/// <summary>The OpenAPI document and Swagger UI.</summary>
internal static class OpenApi
{
    /// <summary>Adds the generator.</summary>
    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Contacts service",
                Version = "v1",
                Description = "Personal contact books with groups, and the contacts of an organization.",
            });
            options.IncludeXmlComments(typeof(OpenApi).Assembly);
            options.SupportNonNullableReferenceTypes();
            options.AddSecurityDefinition(TokenScheme.Name, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token as printed by the token command or answered by POST /tokens. In Development on loopback, none is needed.",
            });
            options.OperationFilter<OpenApiOperations>();
        });
    }

    /// <summary>Adds the document and the pages.</summary>
    public static void UseSwaggerPages(this WebApplication app)
    {
        app.UseSwagger(options => options.RouteTemplate = "{documentName:regex(^openapi$)}.json");
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "Contacts service";
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint("/openapi.json", "Contacts service");
            options.EnableTryItOutByDefault();
        });
    }

    /// <summary>Marks a list: its query parameters are the attributes of a noun.</summary>
    public static RouteHandlerBuilder Lists(this RouteHandlerBuilder route, AttributeSet attributes) =>
        route.WithMetadata(new ReadsQuery(), attributes);
}
