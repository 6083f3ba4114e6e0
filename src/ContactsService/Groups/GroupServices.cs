using ContactsService.Books;

namespace ContactsService.Groups;

internal static class GroupServices
{
    public static void AddGroups(this IServiceCollection services) => services
        .AddSingleton<CreateDefaultGroup>(DefaultGroup.Create)
        .AddScoped<GroupWriter>()
        .AddScoped<GroupReader>()
        .AddScoped<Membership>()
        .AddGroupExamples();
}
