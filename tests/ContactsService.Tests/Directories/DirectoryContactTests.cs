using System.Text.Json.Nodes;

namespace ContactsService.Tests.Directories;

/// <summary>Who sees a user or queue of the directory, and as what.</summary>
public class DirectoryContactTests(Service service)
{
    private const string JoesMembers = """
        "displayName":"Joe Johnson","firstName":"Joe","lastName":"Johnson","companyName":"Example","title":"Guide","department":"Support",
        "manager":"Ada Boss","userName":"joej","employeeId":"E-1","avatarURL":"https://photos.example.com/joe",
        "emails":[{"type":"work","value":"joe@example.com","primary":true}],"phoneNumbers":[{"type":"work","value":"+1 (555) 010-0199"}],
        "sipAddresses":[{"type":"cloud-calling","value":"joe@sip.example.com","primary":true}],
        "addressInfo":{"street":"1 Main St","city":"Austin","state":"TX","zipCode":"78701","country":"US"},
        "addresses":[
            {"type":"home","city":"Dallas"},
            {"type":"work","street":"1 Main St","city":"Austin","state":"TX","zipCode":"78701","country":"US","primary":true}],
        "middleName":"Jay","namePrefix":"Dr.","nameSuffix":"III","nickname":"JJ",
        "instantMessages":[{"type":"xmpp","value":"joe@im.example.com","primary":true}],
        "urls":[{"type":"profile","value":"https://people.example.com/joe"}]
        """;

    [Fact]
    public async Task All_agents_see_a_new_user_with_all_attributes()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");
        Assert.Equal("", await ann.NamesAsync());

        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);

        foreach (var person in new[] { ann, ben, admin })
        {
            Assert.Equal("Joe Johnson", await person.NamesAsync());
            (await person.GetAsync($"/contacts/{joe}")).ShouldShow($$"""
                {"contactId":"{{joe}}","contactType":"CLOUD","type":"User",{{JoesMembers}},
                 "ownerId":"{{admin.Organization}}","resolved":true}
                """);
        }
    }

    [Fact]
    public async Task All_agents_see_a_new_queue()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);

        var queue = await admin.AddQueueAsync("Billing", "2000");

        Assert.Equal("Billing", await ann.NamesAsync());
        (await ann.GetAsync($"/contacts/{queue}")).ShouldShow($$"""
            {"contactId":"{{queue}}","contactType":"CLOUD","type":"Queue","displayName":"Billing","phoneNumbers":[{"value":"2000"}],
             "ownerId":"{{admin.Organization}}","resolved":true}
            """);
    }

    [Fact]
    public async Task A_user_in_the_own_book_appears_once_as_own_contact()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");
        var friends = await ann.AddGroupAsync("Friends");

        var taken = await ann.TakeAsync(joe, $$""","groups":["{{friends}}"]""");

        var own = $$"""
            {"contactId":"{{joe}}","contactType":"CLOUD","type":"User",{{JoesMembers}},
             "ownerId":"ann","groups":["{{friends}}"],"resolved":true}
            """;
        Assert.Equal($"/contacts/{joe}", taken.Location);
        (await ann.GetAsync($"/contacts/{joe}")).ShouldShow(own);
        Assert.Equal(taken.Text, (await ann.GetAsync($"/contacts/{joe}")).Text);
        Assert.True(JsonNode.DeepEquals(taken.Json, Assert.Single((await ann.GetAsync("/contacts"))["contacts"]!.AsArray())));
        Assert.Equal(admin.Organization, (await ben.GetAsync($"/contacts/{joe}")).Value("ownerId"));
    }

    [Fact]
    public async Task A_queue_in_the_own_book_appears_once_as_own_contact()
    {
        var admin = await service.AdminAsync();
        var queue = await admin.AddQueueAsync("Billing", "2000");
        var ann = await service.ColleagueAsync(admin);

        await ann.TakeAsync(queue, ""","type":"Queue" """);

        Assert.Equal("Billing", await ann.NamesAsync());
        Assert.Equal(
            ("ann", "Queue"),
            ((await ann.GetAsync($"/contacts/{queue}")).Value("ownerId"), (await ann.GetAsync($"/contacts/{queue}")).Value("type")));
    }

    [Fact]
    public async Task A_user_cannot_be_added_twice()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);
        await ann.TakeAsync(joe);

        var again = (await ann.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{joe}}"}"""))
            .ShouldBeProblem(409, "contact-exists", "contactId");

        Assert.Equal(joe, again.Value("contactId"));
        Assert.Equal("Joe", await ann.NamesAsync());
    }

    [Fact]
    public async Task Concurrent_additions_of_a_user_add_it_once()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => ann.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"{{joe}}"}""")));

        Assert.Single(replies, reply => (int)reply.Status == 201);
        Assert.Equal(5, replies.Count(reply => (int)reply.Status == 409));
        Assert.Equal("Joe", await ann.NamesAsync());
    }

    [Fact]
    public async Task Shows_the_directory_entry_again_after_the_own_contact_is_deleted()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);
        var before = await ann.GetAsync($"/contacts/{joe}");
        await ann.TakeAsync(joe);

        (await ann.DeleteAsync($"/contacts/{joe}")).ShouldBe(204);

        Assert.Equal(before.Text, (await ann.GetAsync($"/contacts/{joe}")).ShouldBe(200).Text);
        Assert.Equal("Joe", await ann.NamesAsync());
        Assert.Equal("", await ann.NamesAsync("?ownerId=me"));
    }

    [Fact]
    public async Task A_change_of_the_directory_is_visible_to_all_immediately()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");
        await ann.TakeAsync(joe);
        await admin.AddSharedAsync("Middle");
        Assert.Equal(("Joe Johnson|Middle", "Joe Johnson|Middle"), (await ann.NamesAsync(), await ben.NamesAsync()));

        await admin.SetAsync(joe, "displayName", "\"Zoe Zimmer\"");
        await admin.SetAsync(joe, "name.familyName", "\"Zimmer\"");
        await admin.SetAsync(joe, "phoneNumbers", """[{"value":"77"}]""");

        foreach (var person in new[] { ann, ben })
        {
            Assert.Equal("Middle|Zoe Zimmer", await person.NamesAsync());
            Assert.Equal("Zoe Zimmer|Middle", await person.NamesAsync("?sort=-displayName"));
            Assert.Equal("", await person.NamesAsync("?lastName=Johnson"));
            Assert.Equal("Zoe Zimmer", await person.NamesAsync("?lastName[startsWith]=zi"));
            Assert.Equal("", await person.NamesAsync("?phoneNumber=15550100199"));
            Assert.Equal("Zoe Zimmer", await person.NamesAsync("?phoneNumber=77"));
        }
    }

    [Fact]
    public async Task A_removed_attribute_disappears_for_all()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var ann = await service.ColleagueAsync(admin);
        await ann.TakeAsync(joe);

        (await admin.PutAsync($"/scim/v2/Users/{joe}", $$"""{{{DirectoryCalls.Schemas}},"userName":"joej"}""")).ShouldBe(200);

        var groups = (await ann.GetAsync($"/contacts/{joe}"))["groups"]!.ToJsonString();
        (await ann.GetAsync($"/contacts/{joe}")).ShouldShow($$"""
            {"contactId":"{{joe}}","contactType":"CLOUD","type":"User","displayName":"joej","userName":"joej",
             "ownerId":"ann","groups":{{groups}},"resolved":true}
            """);
        Assert.Equal("", await ann.NamesAsync("?department=Support"));
    }

    [Fact]
    public async Task Directory_attributes_replace_those_sent_by_the_owner()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);

        var taken = await ann.TakeAsync(joe, ""","displayName":"Stale","title":"Old","phoneNumber":"1" """);

        Assert.Equal("Joe", taken.Value("displayName"));
        Assert.Null(taken["title"]);
        Assert.Equal("", await ann.NamesAsync("?displayName=Stale"));
        Assert.Equal("", await ann.NamesAsync("?title=Old"));
        Assert.Equal("", await ann.NamesAsync("?phoneNumber=1"));
        Assert.Equal("Joe", await ann.NamesAsync("?title[exists]=false"));
    }

    [Fact]
    public async Task An_own_custom_contact_with_the_id_of_a_user_hides_it()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        var ann = await service.ColleagueAsync(admin);
        var ben = await service.ColleagueAsync(admin, "ben");

        (await ann.PostAsync("/contacts", $$"""{"contactType":"CUSTOM","contactId":"{{joe}}","displayName":"Mine"}""")).ShouldBe(201);

        Assert.Equal("Mine", await ann.NamesAsync());
        Assert.Equal("Mine", (await ann.GetAsync($"/contacts/{joe}")).Value("displayName"));
        Assert.Equal("", await ann.NamesAsync("?userName=joej"));
        Assert.Equal("", await ann.NamesAsync("?type=user"));
        Assert.Equal("", await ann.NamesAsync($"?ownerId={admin.Organization}"));
        (await ann.PatchAsync($"/contacts/{joe}", """{"displayName":"Still mine"}""")).ShouldBe(200);
        Assert.Equal("Joe", await ben.NamesAsync());
        (await ann.DeleteAsync($"/contacts/{joe}")).ShouldBe(204);
        Assert.Equal("Joe", await ann.NamesAsync());
    }

    [Fact]
    public async Task Another_organization_sees_nothing()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var queue = await admin.AddQueueAsync("Billing", "2000");
        var stranger = await service.AdminAsync();

        Assert.Equal("", await stranger.NamesAsync());
        Assert.Equal("", await stranger.NamesAsync("?userName=joej"));
        Assert.Equal("", await stranger.NamesAsync($"?contactId={joe}&contactId={queue}"));
        Assert.Equal("", await stranger.NamesAsync("?phoneNumber=2000"));
        (await stranger.GetAsync($"/contacts/{joe}")).ShouldBeProblem(404, "not-found");
        (await stranger.GetAsync($"/contacts/{queue}")).ShouldBeProblem(404, "not-found");
        (await stranger.GetAsync($"/queues/{queue}")).ShouldBeProblem(404, "not-found");
        (await stranger.GetAsync($"/scim/v2/Users/{joe}")).ShouldBe(404);
        (await stranger.DeleteAsync($"/scim/v2/Users/{joe}")).ShouldBe(404);
        (await stranger.DeleteAsync($"/queues/{queue}")).ShouldBe(404);
    }

    [Fact]
    public async Task Another_organization_that_knows_the_id_sees_nothing()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        var stranger = await service.AgentAsync();

        var taken = await stranger.TakeAsync(joe);

        var groups = taken["groups"]!.ToJsonString();
        (await stranger.GetAsync($"/contacts/{joe}")).ShouldShow(
            $$"""{"contactId":"{{joe}}","contactType":"CLOUD","type":"User","ownerId":"ann","groups":{{groups}},"resolved":false}""");
        await admin.RenameAsync(joe, "Other");
        Assert.Equal(taken.Text, (await stranger.GetAsync($"/contacts/{joe}")).Text);
    }
}
