using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Contacts;

/// <summary>Who is calling: <c>GET /contacts?caller=</c>.</summary>
public class FindCallerTests(Service service)
{
    public static TheoryData<string, string> SpellingsInGermany()
    {
        string[] stored = ["+49 221 5550134", "0221 / 555 01 34", "0049 (221) 5550134", "+49 (0)221 555-0134", "tel:+49-221-5550134", "492215550134"];
        string[] asked =
        [
            "%2B492215550134", "+492215550134", "%20492215550134", "00492215550134", "02215550134", "492215550134", "tel:%2B49-221-555-0134",
            "tel:02215550134", "tel:5550134;phone-context=%2B49221", "tel:%2B492215550134;phone-context=example.com", "%2B49%20(0)%20221%205550134",
            "0221%2F5550134", "%EF%BC%8B%EF%BC%94%EF%BC%992215550134", "%E2%80%AA%2B492215550134%E2%80%AC", "%E2%80%8E02215550134",
        ];
        var data = new TheoryData<string, string>();
        foreach (var number in stored)
        {
            foreach (var spelling in asked)
            {
                data.Add(number, spelling);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SpellingsInGermany))]
    public async Task Finds_a_number_in_every_spelling(string stored, string asked)
    {
        var ann = await InAsync("DE");
        await AddAsync(ann, "Joe", stored);
        await AddAsync(ann, "Eve", "+49 30 5550134");

        Assert.Equal("Joe", await CallerAsync(ann, asked));
    }

    [Theory]
    [InlineData("DE", "+49221123", "0221123")]
    [InlineData("DE", "0221 123", "%2B49221123")]
    [InlineData("AT", "01234", "%2B431234")]
    [InlineData("AT", "+43 1234", "01234")]
    [InlineData("LU", "+352 123456", "123456")]
    [InlineData("LU", "123456", "00352123456")]
    [InlineData("NU", "4002", "%2B6834002")]
    [InlineData("NU", "+683 4002", "4002")]
    [InlineData("NU", "+683 4002", "00683%204002")]
    [InlineData("IT", "06 1234 5678", "%2B390612345678")]
    [InlineData("SM", "0549 886377", "%2B378886377")]
    [InlineData("AR", "02966 15 412345", "%2B5492966412345")]
    [InlineData("MX", "044 55 1234 5678", "%2B525512345678")]
    [InlineData("US", "1-800-FLOWERS", "%2B18003569377")]
    [InlineData("US", "(800) 356-9377", "1800flowers")]
    [InlineData("US", "011 49 221 5550134", "%2B492215550134")]
    [InlineData("US", "+49 221 5550134", "011492215550134")]
    public async Task Finds_numbers_of_other_plans(string region, string stored, string asked)
    {
        var ann = await InAsync(region);
        await AddAsync(ann, "Joe", stored);

        Assert.Equal("Joe", await CallerAsync(ann, asked));
    }

    [Theory]
    [InlineData("4711", "4711", true)]
    [InlineData("4711", "%2B492215554711", false)]
    [InlineData("+49 221 5554711", "4711", false)]
    [InlineData("5550134", "02215550134", false)]
    [InlineData("+49 221 5550134", "5550134", false)]
    [InlineData("110", "110", true)]
    [InlineData("7", "7", true)]
    [InlineData("7", "17", false)]
    [InlineData("110", "0110", false)]
    [InlineData("*21#", "*21%23", true)]
    [InlineData("*21#", "21", false)]
    [InlineData("+49 221 5550134", "%2B43 221 5550134", false)]
    [InlineData("+49 221 5550134", "%2B4922155501345", false)]
    [InlineData("+49 221 5550134", "%2B4912215550134", false)]
    public async Task Never_finds_another_number(string stored, string asked, bool isFound)
    {
        var ann = await InAsync("DE");
        await AddAsync(ann, "Joe", stored);

        Assert.Equal(isFound ? "Joe" : "", await CallerAsync(ann, asked));
    }

    [Theory]
    [InlineData("%2B492215550;ext=12", "Own 12|Twelve|Own plain|Plain")]
    [InlineData("%2B492215550x12", "Own 12|Twelve|Own plain|Plain")]
    [InlineData("02215550%20ext.%2012", "Own 12|Twelve|Own plain|Plain")]
    [InlineData("02215550,12", "Own 12|Twelve|Own plain|Plain")]
    [InlineData("%2B492215550", "Own plain|Plain|Own 12|Thirteen|Twelve")]
    [InlineData("%2B492215550;ext=14", "Own plain|Plain")]
    public async Task Puts_the_same_extension_first_then_the_own_book(string asked, string expected)
    {
        var admin = await InAsync("DE");
        var ann = await service.ColleagueAsync(admin);
        await admin.AddSharedAsync("Twelve", ""","phoneNumber":"+49 221 5550 ext. 12" """);
        await admin.AddSharedAsync("Plain", ""","phoneNumber":"0221 5550" """);
        await admin.AddQueueAsync("Thirteen", "tel:+49-221-5550;ext=13");
        await AddAsync(ann, "Own plain", "+492215550");
        await AddAsync(ann, "Own 12", "0221 5550 x12");

        Assert.Equal(expected, await CallerAsync(ann, asked));
    }

    [Fact]
    public async Task Takes_the_best_of_several_numbers()
    {
        var ann = await InAsync("DE");
        (await ann.PostAsync("/contacts", """
            {"contactType":"CUSTOM","displayName":"Zoe","phoneNumbers":[{"value":"0221 5550 x12"},{"value":"0221 5550"}]}
            """)).ShouldBe(201);
        await AddAsync(ann, "Joe", "0221 5550 x12");

        Assert.Equal("Zoe|Joe", await CallerAsync(ann, "02215550"));
        Assert.Equal("Joe|Zoe", await CallerAsync(ann, "02215550x12"));
    }

    [Fact]
    public async Task Finds_the_switchboard_behind_hundreds_of_extensions()
    {
        var admin = await InAsync("DE");
        for (var i = 0; i < 25; i++)
        {
            var numbers = string.Join(',', Enumerable.Range(i * 10, 10).Select(extension => $$"""{"value":"+49 221 5550 x{{extension}}"}"""));
            await admin.AddSharedAsync($"Team {i:00}", $""","phoneNumbers":[{numbers}]""");
        }

        await admin.AddSharedAsync("Zentrale", ""","phoneNumber":"0221 5550" """);

        Assert.Equal("Zentrale|Team 00", await CallerAsync(admin, "02215550&pageSize=2"));
        Assert.Equal("Team 24|Zentrale", await CallerAsync(admin, "02215550x247"));
        Assert.Equal(20, (await CallerAsync(admin, "02215550")).Split('|').Length);
        Assert.Equal(26, (await CallerAsync(admin, "02215550&pageSize=100")).Split('|').Length);
    }

    [Fact]
    public async Task Reads_further_when_the_first_candidates_are_other_numbers()
    {
        var ann = await InAsync("DE");
        await AddAsync(ann, "Zoe", "+49 221 5550134");
        await Task.WhenAll(Enumerable.Range(0, 210).Select(i => AddAsync(ann, $"Joe {i:000}", $"+49 {300 + i} 5550134")));

        Assert.Equal("Zoe", await CallerAsync(ann, "02215550134"));
    }

    [Fact]
    public async Task Understands_national_numbers_by_the_region_as_it_is_now()
    {
        var admin = await service.AdminAsync();
        await AddAsync(admin, "National", "0221 5550134");
        await AddAsync(admin, "German", "+49 221 5550134");
        await AddAsync(admin, "Turkish", "+90 221 555 01 34");

        Assert.Equal("National", await CallerAsync(admin, "02215550134"));
        Assert.Equal("German", await CallerAsync(admin, "%2B492215550134"));
        await SetRegionAsync(admin, "DE");
        Assert.Equal("German|National", await CallerAsync(admin, "02215550134"));
        Assert.Equal("German|National", await CallerAsync(admin, "%2B492215550134"));
        await SetRegionAsync(admin, "TR");
        Assert.Equal("National|Turkish", await CallerAsync(admin, "02215550134"));
        Assert.Equal("German", await CallerAsync(admin, "%2B492215550134"));
        Assert.Equal("German", await CallerAsync(admin, "02215550134&region=de"));
        Assert.Equal("National|Turkish", await CallerAsync(admin, "%2B902215550134&region=de"));
    }

    [Fact]
    public async Task Finds_what_was_just_written_and_nothing_that_was_overwritten()
    {
        var ann = await InAsync("DE");
        var id = await AddAsync(ann, "Joe", "0221 5550134");

        (await ann.PatchAsync($"/contacts/{id}", """{"phoneNumbers":[{"value":"0221 5550135"}]}""")).ShouldBe(200);
        Assert.Equal("", await CallerAsync(ann, "02215550134"));
        Assert.Equal("Joe", await CallerAsync(ann, "02215550135"));
        (await ann.DeleteAsync($"/contacts/{id}")).ShouldBe(204);
        Assert.Equal("", await CallerAsync(ann, "02215550135"));
    }

    [Fact]
    public async Task Sees_no_other_book_and_no_other_organization()
    {
        var ann = await InAsync("DE");
        var ben = await service.ColleagueAsync(ann, "ben");
        var stranger = await InAsync("DE");
        await AddAsync(ann, "Joe", "0221 5550134");
        await ann.AddSharedAsync("Taxi", ""","phoneNumber":"0221 5550134" """);

        Assert.Equal("Joe|Taxi", await CallerAsync(ann, "02215550134"));
        Assert.Equal("Taxi", await CallerAsync(ben, "02215550134"));
        Assert.Equal("", await CallerAsync(stranger, "02215550134"));
    }

    [Fact]
    public async Task Shows_people_of_the_directory_once_and_as_the_caller_has_them()
    {
        var admin = await InAsync("US");
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        Assert.Equal("Joe Johnson", await CallerAsync(ann, "5550100199"));
        var group = await ann.AddGroupAsync("Friends");
        await ann.TakeAsync(joe, $$""","groups":["{{group}}"],"primaryContactMethod":"MOBILE" """);

        var found = Assert.Single((await ann.GetAsync("/contacts?caller=%2B15550100199")).ShouldBe(200)["contacts"]!.AsArray())!;

        Assert.Equal("Joe Johnson", found["displayName"]!.GetValue<string>());
        Assert.Equal("ann", found["ownerId"]!.GetValue<string>());
        Assert.Equal("MOBILE", found["primaryContactMethod"]!.GetValue<string>());
        Assert.Equal([group], found["groups"]!.AsArray().Select(id => id!.GetValue<string>()));
        await admin.SetAsync(joe, "phoneNumbers", """[{"value":"+1 555 010 0200"}]""");
        Assert.Equal("", await CallerAsync(ann, "15550100199"));
        Assert.Equal("Joe Johnson", await CallerAsync(ann, "5550100200"));
        await admin.DeleteUserAsync(joe);
        Assert.Equal("", await CallerAsync(ann, "5550100200"));
    }

    [Fact]
    public async Task Combines_with_filters_and_fields()
    {
        var admin = await InAsync("DE");
        var ann = await service.ColleagueAsync(admin);
        var joe = await AddAsync(ann, "Joe", "0221 5550134");
        await admin.AddSharedAsync("Taxi", ""","phoneNumber":"0221 5550134" """);
        var queue = await admin.AddQueueAsync("Repairs", "0221 5550134");
        await ann.TakeAsync(queue, ""","type":"Queue" """);

        Assert.Equal("Joe|Repairs|Taxi", await CallerAsync(ann, "02215550134"));
        Assert.Equal("Joe|Repairs", await CallerAsync(ann, "02215550134&ownerId=me"));
        Assert.Equal("Taxi", await CallerAsync(ann, $"02215550134&ownerId={ann.Organization}"));
        Assert.Equal("Repairs", await CallerAsync(ann, "02215550134&type=queue"));
        Assert.Equal("Joe|Repairs", await CallerAsync(ann, "02215550134&groups[exists]=true"));
        Assert.Equal("Joe|Taxi", await CallerAsync(ann, "02215550134&displayName=joe&displayName=taxi"));
        Assert.Equal("Joe", await CallerAsync(ann, "02215550134&phoneNumbers=02215550134&displayName=joe"));
        Assert.Equal(
            $$"""{"contacts":[{"contactId":"{{joe}}","displayName":"Joe"}]}""",
            (await ann.GetAsync("/contacts?caller=02215550134&fields=displayName&pageSize=1")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Ignores_ciphertext_and_what_is_no_number()
    {
        var ann = await InAsync("DE");
        await AddAsync(ann, "Secret", "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.4711.4711");
        await AddAsync(ann, "Word", "extension unknown");

        Assert.Equal("", await CallerAsync(ann, "anonymous"));
        Assert.Equal("", await CallerAsync(ann, "4711"));
        Assert.Equal("", await CallerAsync(ann, "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.4711.4711"));
    }

    [Fact]
    public async Task Has_an_ETag_that_changes_with_contacts_and_region()
    {
        var admin = await InAsync("DE");
        await AddAsync(admin, "Joe", "0221 5550134");
        var first = (await admin.GetAsync("/contacts?caller=02215550134")).ShouldBe(200);

        (await admin.GetAsync("/contacts?caller=02215550134", ("If-None-Match", first.ETag!))).ShouldBe(304);
        await SetRegionAsync(admin, "TR");
        var second = (await admin.GetAsync("/contacts?caller=02215550134", ("If-None-Match", first.ETag!))).ShouldBe(200);
        await AddAsync(admin, "Ben", "0221 5550134");
        (await admin.GetAsync("/contacts?caller=02215550134", ("If-None-Match", second.ETag!))).ShouldBe(200);
    }

    [Fact]
    public async Task Creates_nothing_for_a_caller_without_a_book()
    {
        var ann = await service.AgentAsync();

        var found = (await ann.GetAsync("/contacts?caller=02215550134")).ShouldBe(200);

        Assert.Equal("""{"contacts":[]}""", found.Text);
        Assert.Null(found.Link);
        (await ann.GetAsync("/contacts?caller=02215550134", ("If-None-Match", found.ETag!))).ShouldBe(304);
        await using var count = service.Database.CreateCommand("SELECT count(*) FROM book WHERE organization = $1");
        count.Parameters.Add(new() { Value = ann.Organization });
        Assert.Equal(0L, await count.ExecuteScalarAsync());
        await ann.AddContactAsync("Joe");
        (await ann.GetAsync("/contacts?caller=02215550134", ("If-None-Match", found.ETag!))).ShouldBe(200);
    }

    [Theory]
    [InlineData("caller=", "caller", "empty")]
    [InlineData("caller=%20%20", "caller", "empty")]
    [InlineData("q=", "q", "empty")]
    [InlineData("q=%E3%80%80", "q", "empty")]
    [InlineData("caller=1&caller=2", "caller", "once")]
    [InlineData("caller=%00", "caller", "U+0000")]
    [InlineData("caller=4711&q=joe", "caller", "exclude each other")]
    [InlineData("caller=4711&sort=lastName", "sort", "own order")]
    [InlineData("caller=4711&pageToken=x", "pageToken", "one page")]
    [InlineData("q=joe&sort=lastName", "sort", "own order")]
    [InlineData("caller=4711&region=XX", "region", "ISO 3166-1")]
    [InlineData("caller=4711&region=", "region", "ISO 3166-1")]
    [InlineData("region=DE", "region", "caller")]
    [InlineData("q=joe&region=DE", "region", "caller")]
    [InlineData("caller=4711&pageSize=0", "pageSize", "1 to 100")]
    [InlineData("caller=4711&pageSize=101", "pageSize", "1 to 100")]
    [InlineData("caller=4711&fields=shoeSize", "fields", "displayName")]
    [InlineData("caller=4711&shoeSize=9", "shoeSize", "displayName")]
    public async Task Refuses_what_it_cannot_answer(string query, string parameter, string hint)
    {
        var ann = await service.AgentAsync();

        var refused = (await ann.GetAsync($"/contacts?{query}")).ShouldBeProblem(400, "invalid-filter", parameter);

        Assert.Contains(hint, refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_no_parameter_of_other_lists()
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync("/groups?caller=4711")).ShouldBeProblem(400, "invalid-filter", "caller");
    }

    private async Task<Person> InAsync(string region)
    {
        var admin = await service.AdminAsync();
        await SetRegionAsync(admin, region);
        return admin;
    }

    private static async Task SetRegionAsync(Person admin, string region) =>
        (await admin.PutAsync("/settings", $$"""{"region":"{{region}}"}""")).ShouldBe(200);

    private static async Task<string> AddAsync(Person person, string name, string number) =>
        (await person.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","displayName":"{{name}}","phoneNumber":"{{number}}"}"""))
            .ShouldBe(201).Value("contactId");

    private static Task<string> CallerAsync(Person person, string query) => person.NamesAsync($"?caller={query}");
}
