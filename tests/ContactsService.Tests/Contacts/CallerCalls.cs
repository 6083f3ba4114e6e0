using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Contacts;

/// <summary>What tests of <c>GET /contacts?caller=</c> do again and again.</summary>
internal static class CallerCalls
{
    /// <summary>An admin of a new organization with this region.</summary>
    public static async Task<Person> InRegionAsync(this Service service, string region)
    {
        var admin = await service.AdminAsync();
        await admin.SetRegionAsync(region);
        return admin;
    }

    public static async Task SetRegionAsync(this Person admin, string region) =>
        (await admin.PutAsync("/settings", $$"""{"region":"{{region}}"}""")).ShouldBe(200);

    /// <summary>Adds a CUSTOM contact with a number and gives its id.</summary>
    public static async Task<string> AddNumberAsync(this Person person, string name, string number) =>
        (await person.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"{{name}}","phoneNumber":"{{number}}"}"""))
            .ShouldBe(201).Value("contactId");

    /// <summary>The names of those who are found, in their order.</summary>
    public static Task<string> CallerAsync(this Person person, string query) => person.NamesAsync($"?caller={query}");
}
