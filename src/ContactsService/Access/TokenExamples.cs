using ContactsService.Http;

namespace ContactsService.Access;

/// <summary>Examples in the OpenAPI document.</summary>
internal static class TokenExamples
{
    public static IServiceCollection AddTokenExamples(this IServiceCollection services) => services
        .AddSingleton(new SchemaExample(typeof(TokenDraft), """{"user":"ann","role":"agent","name":"Ann's desktop","days":30}"""));
}
