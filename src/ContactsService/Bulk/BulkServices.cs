using ContactsService.Http;

namespace ContactsService.Bulk;

/// <summary>Registration of the module.</summary>
internal static class BulkServices
{
    /// <summary>Adds bulk requests.</summary>
    public static void AddBulk(this IServiceCollection services) => services
        .AddScoped<BulkWriter>()
        .AddSingleton(new ApiTag(ApiDocument.Native, "Bulk", "Many writes in one request.") { Place = 3 })
        .AddSingleton(new SchemaExample(typeof(BulkDraft), """
            {"operations":[
              {"method":"POST","path":"/groups","bulkId":"friends","data":{"displayName":"Friends"}},
              {"method":"POST","path":"/contacts","data":{"contactType":"CUSTOM","displayName":"Joe Johnson","groups":["bulkId:friends"]}},
              {"method":"DELETE","path":"/contacts/01a1fc76-19e5-75ab-9845-8599ddf5a9ed","ifMatch":"\"5b4a6225-2\""}]}
            """));
}
