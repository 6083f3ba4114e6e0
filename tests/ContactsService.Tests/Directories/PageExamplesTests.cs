using System.Text.Json.Nodes;

namespace ContactsService.Tests.Directories;

/// <summary>
/// The examples of the Genesys page "Contacts API", as they are printed but for the commas that its JSON lacks. The page's address is
/// /contacts, which is the native API; the vendor's address is under /api/v2.
/// </summary>
public class PageExamplesTests(Service service)
{
    private const string SomeContact = """
        {
          "name": "Some Contact",
          "type": "Custom",
          "phoneNumber": "xxx-xxx-xxxx"
        }
        """;

    [Fact]
    public async Task A_custom_contact_is_created_at_the_pages_address()
    {
        var admin = await service.AdminAsync();

        var added = (await admin.PostAsync("/contacts", SomeContact)).ShouldBe(201);

        Assert.Equal(("Some Contact", "Custom", "CUSTOM"), (added.Value("displayName"), added.Value("type"), added.Value("contactType")));
        Assert.Equal("""[{"value":"xxx-xxx-xxxx"}]""", added["phoneNumbers"]!.ToJsonString());
    }

    [Fact]
    public async Task A_custom_contact_is_created_at_the_vendors_address()
    {
        var admin = await service.AdminAsync();

        var added = (await admin.PostAsync("/api/v2/contacts", SomeContact)).ShouldBe(201)["contact"]!;

        Assert.Equal(
            ("Some Contact", "Custom", "xxx-xxx-xxxx"),
            (added["name"]!.GetValue<string>(), added["type"]!.GetValue<string>(), added["phoneNumber"]!.GetValue<string>()));
        Assert.NotEmpty(added["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/api/v2/contacts")]
    public async Task The_printed_body_with_missing_commas_is_refused(string path)
    {
        var admin = await service.AdminAsync();

        (await admin.PostAsync(path, SomeContact.Replace(",", "", StringComparison.Ordinal))).ShouldBe(400);

        Assert.Equal("", await admin.NamesAsync());
    }

    [Fact]
    public async Task Only_custom_contacts_are_retrieved_at_the_pages_address()
    {
        var ann = await PrepareAsync();

        var list = (await ann.GetAsync("/contacts?type=custom")).ShouldBe(200)["contacts"]!.AsArray();

        Assert.Equal(["Some Contact", "Taxi"], list.Select(contact => contact!["displayName"]!.GetValue<string>()));
        Assert.Equal(["xxx-xxx-xxxx", "4000"], list.Select(contact => contact!["phoneNumbers"]![0]!["value"]!.GetValue<string>()));
        Assert.All(list, contact => Assert.Equal("Custom", contact!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Only_custom_contacts_are_retrieved_at_the_vendors_address()
    {
        var ann = await PrepareAsync();

        var list = (await ann.GetAsync("/api/v2/contacts?type=custom")).ShouldBe(200)["contacts"]!.AsArray();

        var first = list[0]!.AsObject();
        foreach (var more in new[] { "phoneNumbers", "uri", "path" }) // newer pages have these, too
        {
            Assert.True(first.Remove(more));
        }

        var id = first["id"]!.GetValue<string>();
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse($$"""{"id":"{{id}}","name":"Some Contact","type":"Custom","phoneNumber":"xxx-xxx-xxxx"}"""), first));
        Assert.Equal(["Some Contact", "Taxi"], list.Select(contact => contact!["name"]!.GetValue<string>()));
    }

    // The page prints GET /contacts&type=User, too; with a question mark it says what it means.
    [Theory]
    [InlineData("?type=User", "Joe Doe|Joe Johnson|Sue Johnson")]
    [InlineData("?firstName=Joe&lastName=Johnson&userName=joej", "Joe Johnson")]
    [InlineData("?firstName=Joe&lastName=Johnson&userName=joed", "")]
    [InlineData("?firstName=Joe", "Joe Doe|Joe Johnson")]
    [InlineData("?lastName=Johnson", "Joe Johnson|Sue Johnson")]
    [InlineData("?userName=sue", "Sue Johnson")]
    [InlineData("?employeeId=E-2", "Sue Johnson")]
    [InlineData("?name=Billing", "Billing")]
    [InlineData("?type=Queue", "Billing")]
    [InlineData("?phoneNumber=xxx-xxx-xxxx", "Some Contact")]
    [InlineData("?phoneNumber=2000&type=Queue", "Billing")]
    [InlineData("?phoneNumber=2000&type=User", "")]
    [InlineData("?id=nobody", "")]
    [InlineData("", "Billing|Joe Doe|Joe Johnson|Some Contact|Sue Johnson|Taxi")]
    public async Task Any_attribute_filters_and_several_are_ANDed(string query, string names)
    {
        var ann = await PrepareAsync();

        Assert.Equal(names, await ann.NamesAsync(query));
        Assert.Equal(names, string.Join('|', (await ann.GetAsync($"/api/v2/contacts{query}")).ShouldBe(200).Values("contacts", "name")));
    }

    [Theory]
    [InlineData("/contacts&type=User")]
    [InlineData("/api/v2/contacts&type=User")]
    public async Task The_misprinted_query_does_not_return_everything(string path)
    {
        var ann = await PrepareAsync();

        (await ann.GetAsync(path)).ShouldBe(404);
    }

    // "PUT: modifies a contact of "custom" type (other types are read-only). DELETE: removes a contact of "custom" type."
    [Theory]
    [InlineData("/contacts", 204)]
    [InlineData("/api/v2/contacts", 200)]
    public async Task A_custom_contact_is_modified_and_removed(string path, int removed)
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var id = await admin.AddSharedAsync("Taxi");

        (await admin.PutAsync($"{path}/{id}", SomeContact)).ShouldBe(200);
        Assert.Equal("Some Contact", await ann.NamesAsync("?phoneNumber=xxx-xxx-xxxx"));

        (await admin.DeleteAsync($"{path}/{id}")).ShouldBe(removed);
        Assert.Equal("", await ann.NamesAsync());
    }

    private async Task<Person> PrepareAsync()
    {
        var admin = await service.AdminAsync();
        async Task AddAsync(string userName, string first, string last, string employee) => await admin.AddUserAsync($$"""
            "userName":"{{userName}}","name":{"givenName":"{{first}}","familyName":"{{last}}"},
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"{{employee}}"}
            """);
        await AddAsync("joej", "Joe", "Johnson", "E-1");
        await AddAsync("sue", "Sue", "Johnson", "E-2");
        await AddAsync("joed", "Joe", "Doe", "E-3");
        await admin.AddQueueAsync("Billing", "2000");
        (await admin.PostAsync("/api/v2/contacts", SomeContact)).ShouldBe(201);
        await admin.AddSharedAsync("Taxi", ""","phoneNumber":"4000" """);
        return await service.ColleagueAsync(admin);
    }
}
