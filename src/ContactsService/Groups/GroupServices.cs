using ContactsService.Books;

namespace ContactsService.Groups;

/// <summary>Registration of the module.</summary>
internal static class GroupServices
{
    /// <summary>Adds groups.</summary>
    public static void AddGroups(this IServiceCollection services) => services
        .AddSingleton<CreateDefaultGroup>(DefaultGroup.Create)
        .AddScoped<GroupWriter>()
        .AddScoped<GroupReader>()
        .AddScoped<Membership>()
        .AddGroupExamples();
}
