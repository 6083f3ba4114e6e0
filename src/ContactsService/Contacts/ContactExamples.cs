using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>Examples in the OpenAPI document.</summary>
internal static class ContactExamples
{
    /// <summary>Adds the examples of the module.</summary>
    public static IServiceCollection AddContactExamples(this IServiceCollection services) => services
        .AddSingleton(new SchemaExample(typeof(Contact), """
            {"contactType":"CUSTOM","displayName":"Joe Johnson","firstName":"Joe","lastName":"Johnson",
             "phoneNumbers":[{"type":"work","value":"+1 555 010 0199","primary":true}],"emails":[{"type":"work","value":"joe@example.com"}]}
            """));
}
