using ContactsService.Contacts;

namespace ContactsService.Tests.Genesys;

public class GenesysListTests(Service service)
{
    private static readonly ContactDraft Joe = new()
    {
        ContactId = "538370e8c509495bb8e0868a1178c86e",
        Type = "User",
        DisplayName = "Joe Johnson",
        FirstName = "Joe",
        LastName = "Johnson",
        UserName = "joej",
        EmployeeId = "E-1",
        Emails = [new() { Value = "joe@example.com" }, new() { Value = "second@example.com" }],
        PhoneNumbers = [new() { Value = "15002", Type = "work" }, new() { Value = "+1 (555) 010-0199" }],
    };

    [Theory]
    [InlineData("", "50% off_|Billing|Joe Johnson|Mine|sue|Taxi")]
    [InlineData("?type=User", "Joe Johnson|sue")]
    [InlineData("?type=custom", "50% off_|Mine|Taxi")]
    [InlineData("?type=user,QUEUE", "Billing|Joe Johnson|sue")]
    [InlineData("?type=User&type=Queue", "Billing|Joe Johnson|sue")]
    [InlineData("?firstName=Joe&lastName=Johnson&userName=joej", "Joe Johnson")]
    [InlineData("?firstName=Joe&lastName=Smith", "")]
    [InlineData("?name=Taxi,billing", "Billing|Taxi")]
    [InlineData("?name=joej", "Joe Johnson")]
    [InlineData("?name=Joe", "")]
    [InlineData("?userName=joej,sue", "Joe Johnson|sue")]
    [InlineData("?employeeId=E-1", "Joe Johnson")]
    [InlineData("?emailAddress=second@example.com", "Joe Johnson")]
    [InlineData("?id=538370e8c509495bb8e0868a1178c86e,nobody", "Joe Johnson")]
    [InlineData("?phoneNumber=15550100199", "Joe Johnson")]
    [InlineData("?phoneNumber=%2B1-555-010-0199", "Joe Johnson")]
    [InlineData("?phoneNumber=15002,2000", "Billing|Joe Johnson")]
    [InlineData("?phoneNumbers=15002", "Joe Johnson")]
    [InlineData("?phoneNumber=1555", "")]
    [InlineData("?phoneNumber=*", "Billing|Joe Johnson|Mine")]
    [InlineData("?roles=ROLE_AGENT", "Joe Johnson|sue")]
    [InlineData("?roles=ROLE_ADMIN", "")]
    [InlineData("?type=Queue", "Billing")]
    [InlineData("?type=Queue&name=billing,taxi", "Billing")]
    [InlineData("?type=Queue&phoneNumber=2000,15002", "Billing")]
    [InlineData("?name=sue,taxi&roles=ROLE_AGENT", "sue")]
    [InlineData("?name=joej,taxi&phoneNumber=15002", "Joe Johnson")]
    [InlineData("?type=Custom&filterName=NamesOrPhoneNumberMatches&filterParameters=*i*", "Mine|Taxi")]
    [InlineData("?name=Billing,joej&filterName=NamesOrPhoneNumberMatches&filterParameters=joe,15*", "Joe Johnson")]
    [InlineData("?limit=2", "50% off_|Billing")]
    [InlineData("?limit=2&offset=4", "sue|Taxi")]
    [InlineData("?offset=6", "")]
    [InlineData("?order=Descending&limit=2", "Taxi|sue")]
    [InlineData("?sortBy=type,name&order=Ascending", "50% off_|Mine|Taxi|Billing|Joe Johnson|sue")]
    [InlineData("?type=User&sortBy=userName&order=descending", "sue|Joe Johnson")]
    [InlineData(
        "?type=User&roles=ROLE_AGENT&limit=100&filterName=NamesOrPhoneNumberMatches&filterParameters=*&sortBy=name&order=Ascending",
        "Joe Johnson|sue")]
    public async Task Answers(string query, string names)
    {
        var ann = await PrepareAsync();

        Assert.Equal(names, await ann.NamesAsync(query));
    }

    [Theory]
    [InlineData("*", "50% off_|Billing|Joe Johnson|Mine|sue|Taxi")]
    [InlineData("joe", "Joe Johnson")] // a first name
    [InlineData("JOHN*", "Joe Johnson")] // a last name
    [InlineData("*ej", "Joe Johnson")] // a user name
    [InlineData("Joe Johnson", "")] // of users, the parts of the name are compared
    [InlineData("bill*", "Billing")]
    [InlineData("b*g", "Billing")]
    [InlineData("bill", "")]
    [InlineData("20*", "Billing")]
    [InlineData("2-0*", "Billing")]
    [InlineData("*010019*", "Joe Johnson")]
    [InlineData("%2B1 (555)*", "Joe Johnson")]
    [InlineData("jo*,15*", "Joe Johnson")]
    [InlineData("jo*,20*", "")]
    [InlineData("*i*", "Billing|Mine|Taxi")]
    [InlineData("*i*&filterParameters=t*", "Taxi")]
    [InlineData("50%25*", "50% off_")]
    [InlineData("5_%25*", "")] // what SQL takes for a wildcard is none
    [InlineData("*_", "50% off_")]
    [InlineData("joe5*", "")] // not a number that begins with 5
    public async Task Matches_names_or_phone_numbers(string arguments, string names)
    {
        var ann = await PrepareAsync();

        Assert.Equal(names, await ann.NamesAsync($"?filterName=NamesOrPhoneNumberMatches&filterParameters={arguments}"));
    }

    [Fact]
    public async Task Has_the_vendors_members()
    {
        var ann = await PrepareAsync();

        var reply = (await ann.GetAsync("/api/v2/contacts?userName=joej")).ShouldBe(200);

        Assert.Equal($$"""
            {"statusCode":0,"totalCount":1,"contacts":[{
            "id":"538370e8c509495bb8e0868a1178c86e","name":"Joe Johnson","type":"User","phoneNumber":"15002",
            "phoneNumbers":[{"phoneNumber":"15002","description":"work"},{"phoneNumber":"+1 (555) 010-0199"}],
            "userName":"joej","firstName":"Joe","lastName":"Johnson","employeeId":"E-1","emailAddress":"joe@example.com",
            "roles":["ROLE_AGENT"],"uri":"{{service.Address}}api/v2/contacts/538370e8c509495bb8e0868a1178c86e",
            "path":"/contacts/538370e8c509495bb8e0868a1178c86e"}]}
            """.ReplaceLineEndings(""), reply.Text);
    }

    [Fact]
    public async Task Counts_all_that_match()
    {
        var ann = await PrepareAsync();

        Assert.Equal(6, (await ann.GetAsync("/api/v2/contacts?limit=1"))["totalCount"]!.GetValue<int>());
        Assert.Equal(2, (await ann.GetAsync("/api/v2/contacts?type=User&offset=5"))["totalCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Is_reduced_to_fields()
    {
        var ann = await PrepareAsync();

        var reply = (await ann.GetAsync("/api/v2/contacts?userName=sue&fields=name,type")).ShouldBe(200);

        Assert.Equal("""{"statusCode":0,"totalCount":1,"contacts":[{"id":"sue","name":"sue","type":"User"}]}""", reply.Text);
        Assert.Equal(
            (await ann.GetAsync("/api/v2/contacts")).Text,
            (await ann.GetAsync("/api/v2/contacts?fields=*")).Text);
    }

    [Fact]
    public async Task Shows_each_id_once_and_no_data_of_other_users()
    {
        var ann = await PrepareAsync();
        var ben = await service.PersonAsync(ann.Organization, "ben", "agent");
        var stranger = await service.AgentAsync();
        (await ann.PostAsync("/contacts", """{"contactType":"CLOUD","contactId":"sue","displayName":"Susan"}""")).ShouldBe(201);

        var reply = await ann.GetAsync("/api/v2/contacts?id=sue");

        Assert.Single(reply["contacts"]!.AsArray());
        Assert.Equal(1, reply["totalCount"]!.GetValue<int>());
        Assert.Equal("50% off_|Billing|Joe Johnson|sue|Taxi", await ben.NamesAsync());
        Assert.Equal("", await stranger.NamesAsync());
    }

    [Theory]
    [InlineData("frstName=Joe", 2, "frstName")]
    [InlineData("FirstName=Joe", 2, "FirstName")]
    [InlineData("displayName=Joe", 2, "displayName")]
    [InlineData("name[contains]=x", 2, "name[contains]")]
    [InlineData("channel=voice", 2, "channel")]
    [InlineData("includeUsersInBusinessUnits=AG_DEV", 2, "includeUsersInBusinessUnits")]
    [InlineData("type=Robot", 10, "type")]
    [InlineData("type=User,", 2, "type")]
    [InlineData("name=", 2, "name")]
    [InlineData("name=%00", 10, "name")]
    [InlineData("phoneNumber=555*", 2, "phoneNumber")]
    [InlineData("phoneNumber=*,1", 2, "phoneNumber")]
    [InlineData("roles=ROLE_BOSS", 10, "roles")]
    [InlineData("filterName=Other&filterParameters=x", 10, "filterName")]
    [InlineData("filterName=NamesOrPhoneNumberMatches", 1, "filterParameters")]
    [InlineData("filterName=NamesOrPhoneNumberMatches&filterParameters=", 2, "filterParameters")]
    [InlineData("filterName=NamesOrPhoneNumberMatches&filterParameters=a%00*", 10, "filterParameters")]
    [InlineData("filterParameters=x", 1, "filterName")]
    [InlineData("limit=0", 10, "limit")]
    [InlineData("limit=1001", 10, "limit")]
    [InlineData("limit=x", 10, "limit")]
    [InlineData("limit=1&limit=2", 2, "limit")]
    [InlineData("offset=-1", 10, "offset")]
    [InlineData("offset=2147483648", 10, "offset")]
    [InlineData("sortBy=phoneNumber", 10, "sortBy")]
    [InlineData("sortBy=-name", 10, "sortBy")]
    [InlineData("order=up", 10, "order")]
    [InlineData("fields=name,shoeSize", 10, "fields")]
    public async Task Refuses_unknown_parameters_and_names_them(string query, int code, string saying)
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync($"/api/v2/contacts?{query}")).ShouldFail(400, code, saying);
    }

    private async Task<Person> PrepareAsync()
    {
        var admin = await service.AdminAsync();
        await service.ProvideAsync(admin.Organization, Joe);
        await service.ProvideAsync(admin.Organization, new() { ContactId = "sue", Type = "User", DisplayName = "sue", UserName = "sue" });
        await service.ProvideAsync(
            admin.Organization,
            new() { ContactId = "q-1", Type = "Queue", DisplayName = "Billing", PhoneNumbers = [new() { Value = "2000" }] });
        await admin.AddCustomAsync("Taxi");
        await admin.AddCustomAsync("50% off_");
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        (await ann.PostAsync("/contacts", """{"type":"Custom","name":"Mine","phoneNumber":"reception"}""")).ShouldBe(201);
        return ann;
    }
}
