using System.Text.Json;
using ContactsService.Http;

namespace ContactsService.Scim;

internal static class ScimServices
{
    /// <summary>The media type of the standard (RFC 7644, 8.1).</summary>
    public const string MediaType = "application/scim+json";

    public static void AddScim(this IServiceCollection services)
    {
        services.AddSingleton<ScimUserDrafts>();
        services.AddScoped<ScimUserReader>().AddScoped<ScimUserWriter>().AddScoped<ScimBulk>().AddScimExamples();
        foreach (var prefix in (string[])["/scim/v2", "/identity/scim"])
        {
            services.AddSingleton(new ApiName(prefix, "scim"));
            services.AddSingleton(new ErrorShape(prefix, MediaType, Body) { AcceptedMediaTypes = [MediaType, "application/json"] });
        }
    }

    private static ReadOnlyMemory<byte> Body(ProblemException failure) =>
        JsonSerializer.SerializeToUtf8Bytes(ScimErrors.Body(ScimException.Of(failure)), JsonText.Options);
}
