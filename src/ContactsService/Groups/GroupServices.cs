namespace ContactsService.Groups;

/// <summary>What the room needs.</summary>
internal static class GroupServices
{
    /// <summary>Adds groups.</summary>
    public static void AddGroups(this IServiceCollection services) =>
        services.AddScoped<GroupBook>().AddScoped<GroupReads>().AddScoped<Membership>();
}
