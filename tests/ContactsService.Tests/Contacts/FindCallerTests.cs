using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Contacts;

/// <summary>Who is calling: <c>GET /contacts?caller=</c>.</summary>
public class FindCallerTests(Service service)
{
    public static TheoryData<string, string> SpellingsInGermany()
    {
        string[] stored =
        [
            "+49 221 5550134", "0221 / 555 01 34", "0049 (221) 5550134", "+49 (0)221 555-0134", "tel:+49-221-5550134", "492215550134",
        ];
        string[] asked =
        [
            "%2B492215550134", "+492215550134", "%20492215550134", "00492215550134", "02215550134", "492215550134",
            "tel:%2B49-221-555-0134", "tel:02215550134", "tel:5550134;phone-context=%2B49221",
            "tel:%2B492215550134;phone-context=example.com", "%2B49%20(0)%20221%205550134", "0221%2F5550134", "%EF%BC%8B%EF%BC%94%EF%BC%992215550134", "%E2%80%AA%2B492215550134%E2%80%AC", "%E2%80%8E02215550134",
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
        var ann = await service.InRegionAsync("DE");
        await ann.AddNumberAsync("Joe", stored);
        await ann.AddNumberAsync("Eve", "+49 30 5550134");

        Assert.Equal("Joe", await ann.CallerAsync(asked));
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
        var ann = await service.InRegionAsync(region);
        await ann.AddNumberAsync("Joe", stored);

        Assert.Equal("Joe", await ann.CallerAsync(asked));
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
        var ann = await service.InRegionAsync("DE");
        await ann.AddNumberAsync("Joe", stored);

        Assert.Equal(isFound ? "Joe" : "", await ann.CallerAsync(asked));
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
        var admin = await service.InRegionAsync("DE");
        var ann = await service.ColleagueAsync(admin);
        await admin.AddSharedAsync("Twelve", ""","phoneNumber":"+49 221 5550 ext. 12" """);
        await admin.AddSharedAsync("Plain", ""","phoneNumber":"0221 5550" """);
        await admin.AddQueueAsync("Thirteen", "tel:+49-221-5550;ext=13");
        await ann.AddNumberAsync("Own plain", "+492215550");
        await ann.AddNumberAsync("Own 12", "0221 5550 x12");

        Assert.Equal(expected, await ann.CallerAsync(asked));
    }

    [Fact]
    public async Task Takes_the_best_of_several_numbers()
    {
        var ann = await service.InRegionAsync("DE");
        (await ann.PostAsync("/contacts", """
            {"contactType":"CUSTOM","displayName":"Zoe","phoneNumbers":[{"value":"0221 5550 x12"},{"value":"0221 5550"}]}
            """)).ShouldBe(201);
        await ann.AddNumberAsync("Joe", "0221 5550 x12");

        Assert.Equal("Zoe|Joe", await ann.CallerAsync("02215550"));
        Assert.Equal("Joe|Zoe", await ann.CallerAsync("02215550x12"));
    }

    [Fact]
    public async Task Finds_the_switchboard_behind_hundreds_of_extensions()
    {
        var admin = await service.InRegionAsync("DE");
        for (var i = 0; i < 25; i++)
        {
            var extensions = Enumerable.Range(i * 10, 10);
            var numbers = string.Join(',', extensions.Select(extension => $$"""{"value":"+49 221 5550 x{{extension}}"}"""));
            await admin.AddSharedAsync($"Team {i:00}", $""","phoneNumbers":[{numbers}]""");
        }

        await admin.AddSharedAsync("Zentrale", ""","phoneNumber":"0221 5550" """);

        Assert.Equal("Zentrale|Team 00", await admin.CallerAsync("02215550&pageSize=2"));
        Assert.Equal("Team 24|Zentrale", await admin.CallerAsync("02215550x247"));
        Assert.Equal(20, (await admin.CallerAsync("02215550")).Split('|').Length);
        Assert.Equal(26, (await admin.CallerAsync("02215550&pageSize=100")).Split('|').Length);
    }

    [Fact]
    public async Task Reads_further_when_the_first_candidates_are_other_numbers()
    {
        var ann = await service.InRegionAsync("DE");
        await ann.AddNumberAsync("Zoe", "+49 221 5550134");
        await Task.WhenAll(Enumerable.Range(0, 210).Select(i => ann.AddNumberAsync($"Joe {i:000}", $"+49 {300 + i} 5550134")));

        Assert.Equal("Zoe", await ann.CallerAsync("02215550134"));
    }

    [Fact]
    public async Task Understands_national_numbers_by_the_region_as_it_is_now()
    {
        var admin = await service.AdminAsync();
        await admin.AddNumberAsync("National", "0221 5550134");
        await admin.AddNumberAsync("German", "+49 221 5550134");
        await admin.AddNumberAsync("Turkish", "+90 221 555 01 34");

        Assert.Equal("National", await admin.CallerAsync("02215550134"));
        Assert.Equal("German", await admin.CallerAsync("%2B492215550134"));
        await admin.SetRegionAsync("DE");
        Assert.Equal("German|National", await admin.CallerAsync("02215550134"));
        Assert.Equal("German|National", await admin.CallerAsync("%2B492215550134"));
        await admin.SetRegionAsync("TR");
        Assert.Equal("National|Turkish", await admin.CallerAsync("02215550134"));
        Assert.Equal("German", await admin.CallerAsync("%2B492215550134"));
        Assert.Equal("German", await admin.CallerAsync("02215550134&region=de"));
        Assert.Equal("National|Turkish", await admin.CallerAsync("%2B902215550134&region=de"));
    }
}
