using ContactsService.Http;

namespace ContactsService.Genesys;

/// <summary>The OpenAPI document of this API: its tags and its examples.</summary>
internal static class GenesysExamples
{
    /// <summary>The name of the document.</summary>
    public const string Document = "genesys";

    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddGenesysExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiDocument(Document, "Genesys contacts", """
            The Contacts API of Genesys Web Services: queues, users and custom contacts of your organization.

            Sign in with your user name and a token of yours as the password, or send `Authorization: Bearer <token>`.
            Every answer carries the vendor's `statusCode`: 0 for success.
            """))
        .AddSingleton(new ApiTag(Document, "Contacts", "Contacts as callers of Genesys Web Services know them."))
        .AddSingleton(new ApiTag(Document, "Service", "Who you are, and which version answers."))
        .AddSingleton(new SchemaExample(typeof(GenesysDraft), """
            {"name":"Some Contact","type":"Custom","phoneNumber":"+1 555 010 0199"}
            """))
        .AddSingleton(new SchemaExample(typeof(GenesysContact), """
            {"id":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","name":"Some Contact","type":"Custom","phoneNumber":"+1 555 010 0199",
             "phoneNumbers":[{"phoneNumber":"+1 555 010 0199"}],
             "uri":"https://contacts.example.com/api/v2/contacts/01a1fc76-19e5-75ab-9845-8599ddf5a9ed",
             "path":"/contacts/01a1fc76-19e5-75ab-9845-8599ddf5a9ed"}
            """))
        .AddSingleton(new SchemaExample(typeof(GenesysError), """
            {"statusCode":6,"statusMessage":"No contact of this id is yours to see."}
            """));
}
