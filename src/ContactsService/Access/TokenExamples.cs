using ContactsService.Http;

namespace ContactsService.Access;

/// <summary>Tags and examples in the OpenAPI document.</summary>
internal static class TokenExamples
{
    public static IServiceCollection AddTokenExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiTag(ApiDocument.Native, "Tokens", "Access tokens of your organization; for admins.") { Place = 7 })
        .AddSingleton(new SchemaExample(typeof(TokenDraft), """{"user":"ann","role":"agent","name":"Ann's desktop","days":30}"""));
}
