using ContactsService.Http;

namespace ContactsService.Scim;

/// <summary>Examples in the OpenAPI document.</summary>
internal static class ScimExamples
{
    public static IServiceCollection AddScimExamples(this IServiceCollection services) => services
        .AddSingleton(new SchemaExample(typeof(ScimUserDocument), """
            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe@example.com","name":{"givenName":"Joe","familyName":"Johnson"},
             "emails":[{"value":"joe@example.com","type":"work","primary":true}],"active":true}
            """) { HasOtherMembers = true })
        .AddSingleton(new SchemaExample(typeof(ScimPatchDocument), """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]}
            """))
        .AddSingleton(new SchemaExample(typeof(ScimSearchDocument), """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"userName sw \"j\"","count":10}
            """))
        .AddSingleton(new SchemaExample(typeof(ScimBulkDocument), """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","path":"/Users","bulkId":"joe",
             "data":{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"joe@example.com"}}]}
            """));
}
