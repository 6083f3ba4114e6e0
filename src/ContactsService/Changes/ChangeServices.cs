using ContactsService.Http;

namespace ContactsService.Changes;

internal static class ChangeServices
{
    public static void AddChanges(this IServiceCollection services) => services
        .AddSingleton<ChangeReader>()
        .AddSingleton(new ApiTag(ApiDocument.Native, "Changes", "What changed, in order: first copy and later update in one loop.")
        {
            Place = 3,
        })
        .AddSingleton(new SchemaExample(typeof(ChangeDocument), """
            {"kind":"contact","op":"delete","id":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","version":7}
            """))
        .AddSingleton(new SchemaExample(typeof(ChangeList), """
            {"changes":[{"kind":"contact","op":"delete","id":"01a1fc76-19e5-75ab-9845-8599ddf5a9ed","version":7}],
             "nextToken":"AAEmZ0rVq2c8GkXKz3nTJpXU3tD5m2b7kq0R1Yw9sO4uHc6a","more":false}
            """));
}
