namespace ContactsService.Tests.Directories;

/// <summary>What is the owner's of a contact that comes from the directory, and what is not.</summary>
public class OwnerFieldsTests(Service service)
{
    private const string Owners = """
        "primaryContactMethod":"MOBILE","avatarUrlDomain":"photos.example.com","encryptionKeyUrl":"kms://k/1",
        "kmsResourceObjectUrl":"kms://r/1","schemas":"urn:x",
        "birthday":"--02-03","anniversary":"2001-02","notes":"Likes tea.","custom":{"crm":7}
        """;

    [Fact]
    public async Task Owner_fields_are_kept_when_the_directory_changes()
    {
        var (admin, ann, joe) = await PrepareAsync();
        var friends = await ann.AddGroupAsync("Friends");
        (await ann.DeleteAsync($"/contacts/{joe}")).ShouldBe(204);
        await ann.TakeAsync(joe, $$""",{{Owners}},"isMigration":true,"groups":["{{friends}}"]""");

        async Task ShouldShowAsync(string directory) => (await ann.GetAsync($"/contacts/{joe}")).ShouldShow($$"""
            {"contactId":"{{joe}}","contactType":"CLOUD","type":"User",{{directory}},{{Owners}},
             "isMigration":true,"ownerId":"ann","groups":["{{friends}}"]}
            """);

        await ShouldShowAsync(""" "displayName":"Joe","userName":"joej","resolved":true """);
        await admin.SetAsync(joe, "title", "\"Guide\"");
        await ShouldShowAsync(""" "displayName":"Joe","userName":"joej","title":"Guide","resolved":true """);
        await admin.DeactivateAsync(joe);
        await ShouldShowAsync(""" "displayName":"Joe","resolved":false """);
        await admin.ReactivateAsync(joe);
        await ShouldShowAsync(""" "displayName":"Joe","userName":"joej","title":"Guide","resolved":true """);
    }

    [Fact]
    public async Task Owner_fields_are_visible_to_the_owner_only()
    {
        var (admin, ann, joe) = await PrepareAsync();
        var ben = await service.ColleagueAsync(admin, "ben");
        (await ann.PatchAsync($"/contacts/{joe}", $$"""{{{Owners}}}""")).ShouldBe(200);

        (await ben.GetAsync($"/contacts/{joe}")).ShouldShow($$"""
            {"contactId":"{{joe}}","contactType":"CLOUD","type":"User","displayName":"Joe","userName":"joej",
             "ownerId":"{{admin.Organization}}","resolved":true}
            """);
    }

    [Fact]
    public async Task PATCH_changes_owner_fields_only()
    {
        var (_, ann, joe) = await PrepareAsync();
        var group = (await ann.PatchAsync($"/contacts/{joe}", $$"""{{{Owners}}}""")).ShouldBe(200)["groups"]!.ToJsonString();

        (await ann.PatchAsync($"/contacts/{joe}", """{"primaryContactMethod":"EMAIL","avatarUrlDomain":null}""")).ShouldShow($$"""
            {"contactId":"{{joe}}","contactType":"CLOUD","type":"User","displayName":"Joe","userName":"joej","primaryContactMethod":"EMAIL",
             "encryptionKeyUrl":"kms://k/1","kmsResourceObjectUrl":"kms://r/1","schemas":"urn:x",
             "birthday":"--02-03","anniversary":"2001-02","notes":"Likes tea.","custom":{"crm":7},"ownerId":"ann","groups":{{group}},
             "resolved":true}
            """);
    }

    [Fact]
    public async Task PUT_unsets_the_owners_members_that_are_left_out_and_none_of_the_directorys()
    {
        var (_, ann, joe) = await PrepareAsync();
        var group = (await ann.PatchAsync($"/contacts/{joe}", $$"""{{{Owners}}}""")).ShouldBe(200)["groups"]!.ToJsonString();

        (await ann.PutAsync($"/contacts/{joe}", """{"contactType":"CLOUD","primaryContactMethod":"EMAIL"}""")).ShouldShow($$"""
            {"contactId":"{{joe}}","contactType":"CLOUD","type":"User","displayName":"Joe","userName":"joej","primaryContactMethod":"EMAIL",
             "ownerId":"ann","groups":{{group}},"resolved":true}
            """);
    }

    [Theory]
    [InlineData("displayName", "\"Other\"")]
    [InlineData("name", "\"Other\"", "displayName")]
    [InlineData("firstName", "\"Other\"")]
    [InlineData("lastName", "\"Other\"")]
    [InlineData("companyName", "\"Other\"")]
    [InlineData("title", "\"Other\"")]
    [InlineData("department", "\"Other\"")]
    [InlineData("manager", "\"Other\"")]
    [InlineData("userName", "\"other\"")]
    [InlineData("employeeId", "\"E-2\"")]
    [InlineData("avatarURL", "\"https://other.example.com\"")]
    [InlineData("emails", """[{"value":"other@example.com"}]""")]
    [InlineData("phoneNumbers", """[{"value":"1"}]""")]
    [InlineData("phoneNumber", "\"1\"", "phoneNumbers")]
    [InlineData("sipAddresses", """[{"value":"other@sip.example.com"}]""")]
    [InlineData("addressInfo", """{"city":"Boston"}""")]
    [InlineData("addresses", """[{"city":"Boston"}]""")]
    [InlineData("nickname", "\"Other\"")]
    [InlineData("middleName", "\"Other\"")]
    [InlineData("namePrefix", "\"Other\"")]
    [InlineData("nameSuffix", "\"Other\"")]
    [InlineData("urls", """[{"value":"https://other.example.com"}]""")]
    [InlineData("instantMessages", """[{"value":"other@im.example.com"}]""")]
    public async Task What_the_directory_says_is_read_only(string member, string value, string? named = null)
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        (await ann.PutAsync($"/contacts/{joe}", $$"""{"contactType":"CLOUD","{{member}}":{{value}}}"""))
            .ShouldBeProblem(400, "invalid-members", named ?? member);
        await ann.TakeAsync(joe);
        var before = await ann.GetAsync($"/contacts/{joe}");

        (await ann.PatchAsync($"/contacts/{joe}", $$"""{"{{member}}":{{value}}}"""))
            .ShouldBeProblem(400, "invalid-members", named ?? member);
        (await ann.PutAsync($"/contacts/{joe}", $$"""{"contactType":"CLOUD","{{member}}":{{value}}}"""))
            .ShouldBeProblem(400, "invalid-members", named ?? member);

        var after = await ann.GetAsync($"/contacts/{joe}");
        Assert.Equal((before.Text, before.ETag), (after.Text, after.ETag));
    }

    [Fact]
    public async Task All_read_only_members_are_named_in_one_answer()
    {
        var (_, ann, joe) = await PrepareAsync();

        var refused = (await ann.PatchAsync(
            $"/contacts/{joe}", """{"displayName":"x","title":"y","userName":"z","primaryContactMethod":"EMAIL"}"""))
            .ShouldBeProblem(400, "invalid-members");

        Assert.Equal(["displayName", "title", "userName"], refused["errors"]!.AsObject().Select(error => error.Key).Order());
        Assert.Null((await ann.GetAsync($"/contacts/{joe}"))["primaryContactMethod"]);
    }

    [Theory]
    [InlineData("active")]
    [InlineData("deactivated")]
    public async Task A_body_can_be_sent_back_as_it_was_read(string how)
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddUserAsync(DirectoryCalls.Joe);
        await ann.TakeAsync(joe, $",{Owners}");
        if (how == "deactivated")
        {
            await admin.DeactivateAsync(joe);
        }

        var read = (await ann.GetAsync($"/contacts/{joe}")).Json.AsObject();
        read["primaryContactMethod"] = "EMAIL";

        var put = (await ann.PutAsync($"/contacts/{joe}", read.ToJsonString())).ShouldBe(200);
        var patched = (await ann.PatchAsync($"/contacts/{joe}", read.ToJsonString())).ShouldBe(200);

        read.Remove("meta");
        put.ShouldShow(read.ToJsonString());
        patched.ShouldShow(read.ToJsonString());
    }

    [Theory]
    [InlineData("""{"contactType":"CUSTOM","displayName":"Mine"}""", "contactType")]
    [InlineData("""{"contactType":"CLOUD","contactId":"other"}""", "contactId")]
    [InlineData("""{"contactType":"CLOUD","ownerId":"ben"}""", "ownerId")]
    [InlineData("""{"contactType":"CLOUD","groups":["01a1fc76-19e5-75ab-9845-8599ddf5a9ed"]}""", "groups")]
    public async Task A_change_of_identity_is_refused(string body, string member)
    {
        var (_, ann, joe) = await PrepareAsync();

        (await ann.PutAsync($"/contacts/{joe}", body)).ShouldBeProblem(400, "invalid-members", member);

        Assert.Equal("Joe", await ann.NamesAsync("?ownerId=me&type=user"));
    }

    [Fact]
    public async Task A_directory_entry_cannot_be_written_as_a_contact()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var ids = new[] { await admin.AddNamedUserAsync("joej", "Joe"), await admin.AddQueueAsync("Billing") };
        foreach (var path in ids.Select(id => $"/contacts/{id}"))
        {
            foreach (var person in new[] { ann, admin })
            {
                var before = await person.GetAsync(path);
                (await person.PutAsync(path, """{"contactType":"CUSTOM","displayName":"x"}""")).ShouldBeProblem(403, "directory-read-only");
                (await person.PatchAsync(path, """{"displayName":"x"}""")).ShouldBeProblem(403, "directory-read-only");
                (await person.PatchAsync(path, "{}")).ShouldBeProblem(403, "directory-read-only");
                (await person.DeleteAsync(path)).ShouldBeProblem(403, "directory-read-only");
                Assert.Equal(before.Text, (await person.GetAsync(path)).Text);
            }
        }
    }

    [Fact]
    public async Task Admins_cannot_write_directory_entries_as_contacts()
    {
        var admin = await service.AdminAsync();
        var joe = await admin.AddNamedUserAsync("joej", "Joe");

        (await admin.PostAsync("/contacts", $$"""{"contactType":"CLOUD","contactId":"new","ownerId":"{{admin.Organization}}"}"""))
            .ShouldBeProblem(400, "invalid-members", "contactType");
        (await admin.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","contactId":"{{joe}}","displayName":"x","ownerId":"{{admin.Organization}}"}"""))
            .ShouldBeProblem(409, "contact-exists", "contactId");

        Assert.Equal("Joe", await admin.NamesAsync());
    }

    [Fact]
    public async Task Group_membership_belongs_to_the_owner()
    {
        var (admin, ann, joe) = await PrepareAsync();
        var friends = await ann.AddGroupAsync("Friends");

        (await ann.PutAsync($"/groups/{friends}/members/{joe}")).ShouldBe(204);
        await admin.RenameAsync(joe, "Joseph");

        Assert.Equal(2, (await ann.GetAsync($"/contacts/{joe}"))["groups"]!.AsArray().Count);
        Assert.Equal("Joseph", await ann.NamesAsync($"?groups={friends}"));
        var others = (await ann.GetAsync("/contacts"))["groups"]!.AsArray()
            .Single(group => group!["isDefault"]!.GetValue<bool>())!["groupId"]!.GetValue<string>();
        (await ann.DeleteAsync($"/groups/{others}/members/{joe}")).ShouldBe(204);
        (await ann.DeleteAsync($"/groups/{friends}?contacts=delete")).ShouldBe(204);
        Assert.Equal("Joseph", await ann.NamesAsync());
        Assert.Equal("", await ann.NamesAsync("?ownerId=me"));
    }

    [Fact]
    public async Task A_directory_entry_cannot_be_in_a_group()
    {
        var (admin, ann, _) = await PrepareAsync();
        var sue = await admin.AddNamedUserAsync("sue", "Sue");
        var friends = await ann.AddGroupAsync("Friends");

        (await ann.PutAsync($"/groups/{friends}/members/{sue}")).ShouldBeProblem(404, "not-found");

        Assert.Null((await ann.GetAsync($"/contacts/{sue}"))["groups"]);
        Assert.Equal("", await ann.NamesAsync($"?groups={friends}"));
    }

    private async Task<(Person Admin, Person Ann, string Joe)> PrepareAsync()
    {
        var admin = await service.AdminAsync();
        var ann = await service.ColleagueAsync(admin);
        var joe = await admin.AddNamedUserAsync("joej", "Joe");
        await ann.TakeAsync(joe);
        return (admin, ann, joe);
    }
}
