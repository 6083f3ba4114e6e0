using ContactsService.Http;

namespace ContactsService.Webex;

/// <summary>The OpenAPI document of this API: its tag and its examples.</summary>
internal static class WebexExamples
{
    /// <summary>The name of the document.</summary>
    public const string Document = "webex";

    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddWebexExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiDocument(Document, "Webex contacts", """
            The five calls of the ContactsClient of the Webex Calling SDK (npm package `@webex/calling`).

            The client encrypts names, numbers and addresses, and sends ciphertext; the service stores and returns it to the letter.
            Members that the service does not know are kept and returned.
            """))
        .AddSingleton(new ApiTag(Document, "Webex", "Contacts and groups as the Webex SDK reads and writes them."))
        .AddSingleton(new SchemaExample(typeof(WebexContactDraft), """
            {"contactType":"CUSTOM","displayName":"eyJhbGciOiJkaXIifQ..name",
             "phoneNumbers":[{"type":"work","value":"eyJhbGciOiJkaXIifQ..number"}],
             "encryptionKeyUrl":"kms://kms.example.com/keys/1c7ce8c0","schemas":"urn:cisco:codev:identity:contact:core:1.0"}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(WebexContactDocument), """
            {"contactId":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","contactType":"CUSTOM","displayName":"eyJhbGciOiJkaXIifQ..name",
             "encryptionKeyUrl":"kms://kms.example.com/keys/1c7ce8c0","isMigration":false,"ownerId":"ann",
             "groups":["01a1fc76-1a40-775d-93a6-9ca0170da033"],
             "meta":{"created":"2026-01-31T08:30:00.123456Z","lastModified":"2026-01-31T08:30:00.123456Z"}}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(WebexAddressDocument), """{"city":"eyJhbGciOiJkaXIifQ..city"}""") { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(WebexGroupDraft), """
            {"displayName":"eyJhbGciOiJkaXIifQ..name","groupType":"NORMAL","encryptionKeyUrl":"kms://kms.example.com/keys/1c7ce8c0",
             "schemas":"urn:cisco:codev:identity:contact:core:1.0"}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(WebexGroupDocument), """
            {"groupId":"01a1fc76-1a40-775d-93a6-9ca0170da033","displayName":"eyJhbGciOiJkaXIifQ..name","groupType":"NORMAL",
             "encryptionKeyUrl":"kms://kms.example.com/keys/1c7ce8c0","ownerId":"ann","isMigration":false,"members":[],
             "meta":{"created":"2026-01-31T08:30:00.123456Z","lastModified":"2026-01-31T08:30:00.123456Z"}}
            """) { HasOtherMembers = true });
}
