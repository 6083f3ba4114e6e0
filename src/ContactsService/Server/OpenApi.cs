using System.Reflection;
using ContactsService.Access;
using ContactsService.Access.Oidc;
using ContactsService.Http;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ContactsService.Server;

/// <summary>The OpenAPI documents, one for each API, and Swagger UI.</summary>
internal static class OpenApi
{
    private static readonly string Version =
        typeof(OpenApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Adds the generator and the native document.</summary>
    public static void AddOpenApiDocuments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Settings.Read<OpenApiOptions>(configuration, "OpenApi"));
        services.AddSingleton(new ApiDocument(ApiDocument.Native, "Contacts", """
            Personal contact books with groups, and the contacts of an organization.

            Send `Authorization: Bearer <token>`; in Development on loopback no token is needed. What is not set is absent, never null.
            Every contact, group and list has an ETag. Errors are problem details (RFC 9457) with a stable `code`;
            `/problems` explains them.
            """));
        services.AddSingleton(new ApiTag(ApiDocument.Native, "Health", "For whoever watches or restarts the service.")
        {
            Place = int.MaxValue,
        });
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.IncludeXmlComments(typeof(OpenApi).Assembly);
            options.SupportNonNullableReferenceTypes();
            options.AddSecurityDefinition(TokenScheme.Name, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description =
                    "A token as printed by the token command or answered by POST /tokens. In Development on loopback, none is needed.",
            });
            foreach (var (name, issuer) in LoginsOf(OidcIssuers.Read(configuration)))
            {
                options.AddSecurityDefinition(name, new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OpenIdConnect,
                    OpenIdConnectUrl = new(issuer.MetadataAddress),
                    Description = $"An access token of {issuer.Issuer}.",
                });
            }

            options.DocInclusionPredicate((document, api) =>
                (api.ActionDescriptor.EndpointMetadata.OfType<InDocument>().LastOrDefault()?.Name ?? ApiDocument.Native) == document);
            options.CustomSchemaIds(OpenApiSchemas.Name);
            options.SchemaFilter<OpenApiSchemas>();
            options.OperationFilter<OpenApiOperations>();
            options.DocumentFilter<OpenApiTags>();
        });
        services.AddOptions<SwaggerGenOptions>().Configure<IEnumerable<ApiDocument>>((options, documents) =>
        {
            foreach (var document in documents)
            {
                options.SwaggerDoc(document.Name, Describe(document));
            }
        });
    }

    /// <summary>Serves the documents and the pages, unless the settings close them.</summary>
    public static void UseSwaggerPages(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<OpenApiOptions>().Enabled)
        {
            return;
        }

        app.UseWhen(IsAboutPages, pages =>
        {
            pages.UsePageSecurity(app.Services.GetRequiredService<OidcIssuers>());
            pages.Use(ServeNativeAtRoot);
            pages.UseSwagger(options => options.RouteTemplate = "openapi/{documentName}.json");
            pages.UseSwaggerUI(options =>
            {
                options.DocumentTitle = "Contacts service";
                options.RoutePrefix = "swagger";
                foreach (var document in Ordered(app.Services.GetServices<ApiDocument>()))
                {
                    options.SwaggerEndpoint($"/openapi/{document.Name}.json", document.Title);
                }

                if (LoginsOf(app.Services.GetRequiredService<OidcIssuers>()).Select(login => login.Issuer).FirstOrDefault() is { } issuer)
                {
                    options.OAuthClientId(issuer.ClientId);
                    options.OAuthScopes(OidcIssuer.List(issuer.ClientScopes));
                    options.OAuthUsePkce();
                }

                options.EnableTryItOutByDefault();
                if (app.Environment.IsDevelopment())
                {
                    options.EnablePersistAuthorization();
                }
            });
        });
    }

    /// <summary>The issuers at which Swagger UI can log in, with the names of their security schemes.</summary>
    public static IEnumerable<(string Name, OidcIssuer Issuer)> LoginsOf(OidcIssuers issuers) =>
        issuers.All.Where(issuer => issuer.ClientId.Length > 0).Select((issuer, i) => ($"OpenIdConnect{(i == 0 ? "" : i + 1)}", issuer));

    // Their layers look at every address at length: a twentieth of the work of a short answer.
    private static bool IsAboutPages(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase)
        || http.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase)
        || http.Request.Path == "/openapi.json";

    private static Task ServeNativeAtRoot(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path == "/openapi.json")
        {
            http.Request.Path = $"/openapi/{ApiDocument.Native}.json";
        }

        return next(http);
    }

    private static IOrderedEnumerable<ApiDocument> Ordered(IEnumerable<ApiDocument> documents) =>
        documents.OrderByDescending(document => document.Name == ApiDocument.Native);

    private static OpenApiInfo Describe(ApiDocument document) => new()
    {
        Title = document.Title,
        Version = Version,
        Description = document.Description,
        Contact = new() { Name = "The team that runs this service" },
        License = new() { Name = "MIT", Url = new("https://opensource.org/license/mit") },
    };
}
