using ContactsService.Http;

namespace ContactsService.Changes;

/// <summary>Tags and examples in the OpenAPI document.</summary>
internal static class ChangeExamples
{
    private const string Joe = """
        {"kind":"contact","op":"put","id":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","version":2,
         "contact":{"contactId":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","contactType":"CUSTOM","type":"Custom","displayName":"Joe Johnson",
         "ownerId":"ann","groups":["01a1fc76-1a40-775d-93a6-9ca0170da033"],
         "meta":{"created":"2026-01-31T08:30:00.123456Z","lastModified":"2026-01-31T08:30:00.123456Z","version":2,
         "etag":"\"5b4a6225-2\""}}}
        """;

    public static IServiceCollection AddChangeExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiTag(
            ApiDocument.Native, "Changes", "What changed, in order: a first copy and its later updates by the same loop.")
        {
            Place = 4,
        })
        .AddSingleton(new SchemaExample(typeof(ChangeDocument), Joe))
        .AddSingleton(new SchemaExample(typeof(ChangeList), $$"""
            {"changes":[{{Joe}},{"kind":"contact","op":"delete","id":"01a1fc76-2b11-7f0c-8c1e-0d6f3a9b4c55","version":7}],
             "nextToken":"AAG-1DB45lNKOptkuLp4n0RDlr74nKIciT11P4wX_ZS0","more":false}
            """));
}
