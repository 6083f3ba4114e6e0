using ContactsService.Http;

namespace ContactsService.Groups;

/// <summary>Tags and examples in the OpenAPI document.</summary>
internal static class GroupExamples
{
    public static IServiceCollection AddGroupExamples(this IServiceCollection services) => services
        .AddSingleton(new ApiTag(ApiDocument.Native, "Groups", "The groups of your own contacts, and who is in them.") { Place = 2 })
        .AddSingleton(new SchemaExample(typeof(GroupDraft), """{"displayName":"Friends","groupType":"NORMAL"}"""))
        .AddSingleton(new SchemaExample(typeof(MembershipDraft), """{"add":["01a1fc76-19e5-75ab-9845-8599ddf5a9ed"],"remove":[]}"""));
}
