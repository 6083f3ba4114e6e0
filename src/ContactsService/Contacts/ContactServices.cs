using ContactsService.Storage;

namespace ContactsService.Contacts;

/// <summary>Registration of the module.</summary>
internal static class ContactServices
{
    /// <summary>Adds contacts.</summary>
    public static void AddContacts(this IServiceCollection services) => services
        .AddScoped<ContactWriter>()
        .AddScoped<ContactReader>()
        .AddScoped<ContactSearch>()
        .AddScoped<ContactFinder>()
        .AddScoped<WordSearch>()
        .AddSingleton(new Backfill(DerivedColumnsBackfill.RunAsync))
        .AddContactExamples();
}
