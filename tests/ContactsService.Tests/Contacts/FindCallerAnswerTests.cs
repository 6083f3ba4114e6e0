using ContactsService.Tests.Directories;

namespace ContactsService.Tests.Contacts;

/// <summary>
/// What <c>GET /contacts?caller=</c> answers besides the match: whose contacts, which members, which version, which errors.
/// </summary>
public class FindCallerAnswerTests(Service service)
{
    [Fact]
    public async Task Finds_what_was_just_written_and_nothing_that_was_overwritten()
    {
        var ann = await service.InRegionAsync("DE");
        var id = await ann.AddNumberAsync("Joe", "0221 5550134");

        (await ann.PatchAsync($"/contacts/{id}", """{"phoneNumbers":[{"value":"0221 5550135"}]}""")).ShouldBe(200);
        Assert.Equal("", await ann.CallerAsync("02215550134"));
        Assert.Equal("Joe", await ann.CallerAsync("02215550135"));
        (await ann.DeleteAsync($"/contacts/{id}")).ShouldBe(204);
        Assert.Equal("", await ann.CallerAsync("02215550135"));
    }

    [Fact]
    public async Task Sees_no_other_book_and_no_other_organization()
    {
        var ann = await service.InRegionAsync("DE");
        var ben = await service.ColleagueAsync(ann, "ben");
        var stranger = await service.InRegionAsync("DE");
        await ann.AddNumberAsync("Joe", "0221 5550134");
        await ann.AddSharedAsync("Taxi", ""","phoneNumber":"0221 5550134" """);

        Assert.Equal("Joe|Taxi", await ann.CallerAsync("02215550134"));
        Assert.Equal("Taxi", await ben.CallerAsync("02215550134"));
        Assert.Equal("", await stranger.CallerAsync("02215550134"));
    }

    [Fact]
    public async Task Shows_people_of_the_directory_once_and_as_the_caller_has_them()
    {
        var admin = await service.InRegionAsync("US");
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        Assert.Equal("Joe Johnson", await ann.CallerAsync("5550100199"));
        var group = await ann.AddGroupAsync("Friends");
        await ann.TakeAsync(joe, $$""","groups":["{{group}}"],"primaryContactMethod":"MOBILE" """);

        var found = Assert.Single((await ann.GetAsync("/contacts?caller=%2B15550100199")).ShouldBe(200)["contacts"]!.AsArray())!;

        Assert.Equal("Joe Johnson", found["displayName"]!.GetValue<string>());
        Assert.Equal("ann", found["ownerId"]!.GetValue<string>());
        Assert.Equal("MOBILE", found["primaryContactMethod"]!.GetValue<string>());
        Assert.Equal([group], found["groups"]!.AsArray().Select(id => id!.GetValue<string>()));
        await admin.SetAsync(joe, "phoneNumbers", """[{"value":"+1 555 010 0200"}]""");
        Assert.Equal("", await ann.CallerAsync("15550100199"));
        Assert.Equal("Joe Johnson", await ann.CallerAsync("5550100200"));
        await admin.DeleteUserAsync(joe);
        Assert.Equal("", await ann.CallerAsync("5550100200"));
    }

    [Fact]
    public async Task Combines_with_filters_and_fields()
    {
        var admin = await service.InRegionAsync("DE");
        var ann = await service.ColleagueAsync(admin);
        var joe = await ann.AddNumberAsync("Joe", "0221 5550134");
        await admin.AddSharedAsync("Taxi", ""","phoneNumber":"0221 5550134" """);
        var queue = await admin.AddQueueAsync("Repairs", "0221 5550134");
        await ann.TakeAsync(queue, ""","type":"Queue" """);

        Assert.Equal("Joe|Repairs|Taxi", await ann.CallerAsync("02215550134"));
        Assert.Equal("Joe|Repairs", await ann.CallerAsync("02215550134&ownerId=me"));
        Assert.Equal("Taxi", await ann.CallerAsync($"02215550134&ownerId={ann.Organization}"));
        Assert.Equal("Repairs", await ann.CallerAsync("02215550134&type=queue"));
        Assert.Equal("Joe|Repairs", await ann.CallerAsync("02215550134&groups[exists]=true"));
        Assert.Equal("Joe|Taxi", await ann.CallerAsync("02215550134&displayName=joe&displayName=taxi"));
        Assert.Equal("Joe", await ann.CallerAsync("02215550134&phoneNumbers=02215550134&displayName=joe"));
        Assert.Equal(
            $$"""{"contacts":[{"contactId":"{{joe}}","displayName":"Joe"}]}""",
            (await ann.GetAsync("/contacts?caller=02215550134&fields=displayName&pageSize=1")).ShouldBe(200).Text);
    }

    [Fact]
    public async Task Ignores_ciphertext_and_what_is_no_number()
    {
        var ann = await service.InRegionAsync("DE");
        await ann.AddNumberAsync("Secret", "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.4711.4711");
        await ann.AddNumberAsync("Word", "extension unknown");

        Assert.Equal("", await ann.CallerAsync("anonymous"));
        Assert.Equal("", await ann.CallerAsync("4711"));
        Assert.Equal("", await ann.CallerAsync("eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.4711.4711"));
    }

    [Fact]
    public async Task Has_an_ETag_that_changes_with_contacts_and_region()
    {
        var admin = await service.InRegionAsync("DE");
        await admin.AddNumberAsync("Joe", "0221 5550134");
        var first = (await admin.GetAsync("/contacts?caller=02215550134")).ShouldBe(200);

        (await admin.GetAsync("/contacts?caller=02215550134", ("If-None-Match", first.ETag!))).ShouldBe(304);
        await admin.SetRegionAsync("TR");
        var second = (await admin.GetAsync("/contacts?caller=02215550134", ("If-None-Match", first.ETag!))).ShouldBe(200);
        await admin.AddNumberAsync("Ben", "0221 5550134");
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

    [Trait("Speed", "Slow")]
    [Fact]
    public async Task Knows_the_region_that_another_instance_has_set()
    {
        var admin = await service.InRegionAsync("TR");
        await admin.AddNumberAsync("Joe", "0221 5550134");
        await using var instance = await ServiceProcess.StartAsync(new(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Contacts"] = service.Database.ConnectionString,
        });
        using var http = new HttpClient { BaseAddress = new(instance.Address) };
        var elsewhere = new Person(http, admin.Organization, admin.User, admin.Token);

        for (var i = 0; i < 5; i++)
        {
            await elsewhere.SetRegionAsync("DE");
            Assert.Equal("Joe", await admin.CallerAsync("%2B492215550134"));
            await admin.SetRegionAsync("TR");
            Assert.Equal("", await elsewhere.CallerAsync("%2B492215550134"));
        }
    }

    [Fact]
    public async Task Is_no_parameter_of_other_lists()
    {
        var ann = await service.AgentAsync();

        (await ann.GetAsync("/groups?caller=4711")).ShouldBeProblem(400, "invalid-filter", "caller");
    }
}
