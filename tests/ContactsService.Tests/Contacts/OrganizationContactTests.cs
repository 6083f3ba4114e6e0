namespace ContactsService.Tests.Contacts;

public class OrganizationContactTests(Service service)
{
    [Fact]
    public async Task Is_written_by_admins_and_read_by_all()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var json = $$"""{"contactType":"CUSTOM","displayName":"Taxi","ownerId":"{{admin.Organization}}"}""";

        (await ann.PostAsync("/contacts", json)).ShouldBeProblem(403, "forbidden");
        var taxi = (await admin.PostAsync("/contacts", json)).ShouldBe(201);

        Assert.Equal(admin.Organization, taxi.Value("ownerId"));
        Assert.Null(taxi["groups"]);
        Assert.Equal(["Taxi"], (await ann.GetAsync("/contacts")).Values("contacts", "displayName"));
        Assert.Equal(taxi.Text, (await ann.GetAsync(taxi.Location!)).ShouldBe(200).Text);
        (await ann.PutAsync(taxi.Location!, json)).ShouldBeProblem(403, "forbidden");
        (await ann.PatchAsync(taxi.Location!, "{}")).ShouldBeProblem(403, "forbidden");
        (await ann.DeleteAsync(taxi.Location!)).ShouldBeProblem(403, "forbidden");
        var patched = (await admin.PatchAsync(taxi.Location!, """{"title":"24 h"}""", ("If-Match", taxi.ETag!))).ShouldBe(200);
        (await admin.PutAsync(taxi.Location!, patched.Text)).ShouldBe(200);
        (await admin.DeleteAsync(taxi.Location!)).ShouldBe(204);
        (await ann.GetAsync(taxi.Location!)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Has_no_groups()
    {
        var admin = await service.AdminAsync();
        var group = await admin.AddGroupAsync("Friends");

        (await admin.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","displayName":"x","ownerId":"{{admin.Organization}}","groups":["{{group}}"]}"""))
            .ShouldBeProblem(400, "invalid-members", "groups");
    }

    [Fact]
    public async Task Is_hidden_by_an_own_contact_with_the_same_id()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        (await admin.PostAsync(
            "/contacts", $$"""{"contactType":"CUSTOM","contactId":"c-1","displayName":"Theirs","ownerId":"{{admin.Organization}}"}"""))
            .ShouldBe(201);
        (await ann.PostAsync("/contacts", """{"contactType":"CLOUD","contactId":"c-1","displayName":"Mine"}""")).ShouldBe(201);

        Assert.Equal(["Mine"], (await ann.GetAsync("/contacts")).Values("contacts", "displayName"));
        Assert.Equal("Mine", (await ann.GetAsync("/contacts/c-1")).Value("displayName"));
        Assert.Equal(["Mine"], (await ann.GetAsync("/contacts?ownerId=me")).Values("contacts", "displayName"));
        (await ann.GetAsync($"/contacts?ownerId={admin.Organization}"))["contacts"]!.AsArray().ShouldBeEmpty();
        (await ann.DeleteAsync("/contacts/c-1")).ShouldBe(204);
        Assert.Equal("Theirs", (await ann.GetAsync("/contacts/c-1")).Value("displayName"));
    }
}
