namespace ContactsService.Contacts;

/// <summary>What the room needs.</summary>
internal static class ContactServices
{
    /// <summary>Adds contacts.</summary>
    public static void AddContacts(this IServiceCollection services) => services.AddScoped<ContactBook>().AddScoped<ContactReads>().AddScoped<ContactSearch>();
}
