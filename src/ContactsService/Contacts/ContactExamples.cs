using ContactsService.Http;

namespace ContactsService.Contacts;

/// <summary>Tags and examples in the OpenAPI document.</summary>
internal static class ContactExamples
{
    /// <summary>Adds the examples of the module.</summary>
    public static IServiceCollection AddContactExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiTag(ApiDocument.Native, "Contacts", "Your own contacts, those of your organization and its directory.")
        {
            Place = 1,
        })
        .AddSingleton(new SchemaExample(typeof(ContactDraft), """
            {"contactType":"CUSTOM","displayName":"Joe Johnson","firstName":"Joe","lastName":"Johnson",
             "phoneNumbers":[{"type":"work","value":"+1 555 010 0199","primary":true}],"emails":[{"type":"work","value":"joe@example.com"}]}
            """))
        .AddSingleton(new SchemaExample(typeof(ContactDocument), """
            {"contactId":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","contactType":"CUSTOM","type":"Custom","displayName":"Joe Johnson",
             "phoneNumbers":[{"type":"work","value":"+1 555 010 0199","primary":true}],"ownerId":"ann",
             "groups":["01a1fc76-1a40-775d-93a6-9ca0170da033"],
             "meta":{"created":"2026-01-31T08:30:00.123456Z","lastModified":"2026-01-31T08:30:00.123456Z","version":2,
             "etag":"\"5b4a6225-2\""}}
            """));
}
