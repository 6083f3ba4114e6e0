namespace ContactsService.Tests.Genesys;

public class GenesysWriteTests(Service service)
{
    [Fact]
    public async Task Adds_reads_changes_and_deletes_a_custom_contact()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");

        var added = (await admin.PostAsync("/api/v2/contacts", """{"name":"Some Contact","type":"Custom","phoneNumber":"xxx-xxx-xxxx"}"""))
            .ShouldBe(201);
        var id = added["contact"]!["id"]!.GetValue<string>();
        Assert.Equal($"/api/v2/contacts/{id}", added.Location);
        Assert.Equal(
            $$$"""
            {"statusCode":0,"contact":{"id":"{{{id}}}","name":"Some Contact","type":"Custom",
            "phoneNumber":"xxx-xxx-xxxx","phoneNumbers":[{"phoneNumber":"xxx-xxx-xxxx"}],
            "uri":"{{{service.Address}}}api/v2/contacts/{{{id}}}","path":"/contacts/{{{id}}}"}}
            """.ReplaceLineEndings(""),
            added.Text);
        Assert.Equal(added.Text, (await ann.GetAsync(added.Location!)).ShouldBe(200).Text);
        Assert.Equal("Some Contact", (await ann.GetAsync($"/contacts/{id}")).ShouldBe(200).Value("displayName"));

        var changed = (await admin.PutAsync(
            added.Location!, """{"name":"Other","phoneNumbers":[{"phoneNumber":"1","description":"desk"},{"phoneNumber":"2"}]}"""))
            .ShouldBe(200);
        Assert.Equal("Other", changed["contact"]!["name"]!.GetValue<string>());
        Assert.Equal("1", changed["contact"]!["phoneNumber"]!.GetValue<string>());
        Assert.Equal(
            """[{"type":"desk","value":"1"},{"value":"2"}]""", (await ann.GetAsync($"/contacts/{id}"))["phoneNumbers"]!.ToJsonString());

        Assert.Equal("""{"statusCode":0}""", (await admin.DeleteAsync(added.Location!)).ShouldBe(200).Text);
        (await ann.GetAsync(added.Location!)).ShouldFail(404, 6);
        (await admin.DeleteAsync(added.Location!)).ShouldFail(404, 6);
        (await admin.PutAsync(added.Location!, """{"name":"x"}""")).ShouldFail(404, 6);
    }

    [Fact]
    public async Task Keeps_attributes_that_the_API_does_not_show()
    {
        var admin = await service.AdminAsync();
        var native = (await admin.PostAsync("/contacts", $$"""
            {"type":"Custom","name":"Taxi","ownerId":"{{admin.Organization}}","title":"24 h",
             "emails":[{"value":"a@x"},{"value":"b@x"}],"phoneNumbers":[{"value":"1","type":"","primary":true}]}
            """)).ShouldBe(201);
        var path = $"/api/v2/contacts/{native.Value("contactId")}";
        var read = (await admin.GetAsync(path)).ShouldBe(200)["contact"]!;
        read["name"] = "Cab";

        (await admin.PutAsync(path, read.ToJsonString())).ShouldBe(200);

        var after = await admin.GetAsync(native.Location!);
        Assert.Equal(("Cab", "24 h"), (after.Value("displayName"), after.Value("title")));
        Assert.Equal(native["emails"]!.ToJsonString(), after["emails"]!.ToJsonString());
        Assert.Equal(native["phoneNumbers"]!.ToJsonString(), after["phoneNumbers"]!.ToJsonString());
        (await admin.PutAsync(path, """
            {"name":"Cab",
             "phoneNumbers":[{"phoneNumber":"2","description":"desk"},{"phoneNumber":"1","description":""},{"phoneNumber":"1"}]}
            """)).ShouldBe(200);
        Assert.Equal(
            """[{"type":"desk","value":"2"},{"type":"","value":"1","primary":true},{"value":"1"}]""",
            (await admin.GetAsync(native.Location!))["phoneNumbers"]!.ToJsonString());
        (await admin.PutAsync(path, """{"name":"Cab"}""")).ShouldBe(200);
        Assert.Null((await admin.GetAsync(native.Location!))["phoneNumbers"]);
    }

    [Fact]
    public async Task Is_for_admins_only()
    {
        var admin = await service.AdminAsync();
        var ann = await service.PersonAsync(admin.Organization, "ann", "agent");
        var path = $"/api/v2/contacts/{await admin.AddCustomAsync("Taxi")}";

        (await ann.PostAsync("/api/v2/contacts", """{"name":"x"}""")).ShouldFail(403, 5);
        (await ann.PutAsync(path, """{"name":"x"}""")).ShouldFail(403, 5);
        (await ann.DeleteAsync(path)).ShouldFail(403, 5);
        (await ann.DeleteAsync("/api/v2/contacts/nobody")).ShouldFail(403, 5);
        Assert.Equal("Taxi", await ann.NamesAsync());
    }

    [Theory]
    [InlineData("User")]
    [InlineData("Queue")]
    public async Task Is_not_for_the_directory(string type)
    {
        var admin = await service.AdminAsync();
        await service.ProvideAsync(admin.Organization, new() { ContactId = "d-1", Type = type, DisplayName = "Theirs" });

        (await admin.PutAsync("/api/v2/contacts/d-1", """{"name":"x"}""")).ShouldFail(403, 11);
        (await admin.DeleteAsync("/api/v2/contacts/d-1")).ShouldFail(403, 11);
        (await admin.PostAsync("/api/v2/contacts", $$"""{"name":"x","type":"{{type}}"}""")).ShouldFail(403, 11);
        Assert.Equal("Theirs", await admin.NamesAsync());
    }

    [Fact]
    public async Task Is_not_for_personal_contacts()
    {
        var admin = await service.AdminAsync();
        var mine = await admin.AddContactAsync("Mine");

        (await admin.PutAsync($"/api/v2/contacts/{mine}", """{"name":"x"}""")).ShouldFail(403, 3, "/contacts");
        (await admin.DeleteAsync($"/api/v2/contacts/{mine}")).ShouldFail(403, 3, "/contacts");
        Assert.Equal("Mine", await admin.NamesAsync());
    }

    [Theory]
    [InlineData("""{"type":"Custom"}""", 400, 1, "name")]
    [InlineData("""{"name":""}""", 400, 1, "name: A custom contact must have a name.")]
    [InlineData("""{"name":"  "}""", 400, 1, "name: A custom contact must have a name.")]
    [InlineData("""{"name":7}""", 400, 2, "name")]
    [InlineData("""{"name":"x","type":"Robot"}""", 400, 10, "type")]
    [InlineData("""{"name":"x","id":"y"}""", 400, 11, "id")]
    [InlineData("""{"name":"x","userName":"y"}""", 400, 11, "userName")]
    [InlineData("""{"name":"x","emailAddress":"y"}""", 400, 11, "emailAddress")]
    [InlineData("""{"name":"x","displayName":"y"}""", 400, 2, "displayName")]
    [InlineData("""{"name":"x","phoneNumbers":[{}]}""", 400, 2, "phoneNumbers[0].phoneNumber")]
    [InlineData("""{"name":"x","phoneNumbers":[{"phoneNumber":"1","value":"1"}]}""", 400, 2, "phoneNumbers[0].value")]
    [InlineData("""{"name":"x","phoneNumber":"1","phoneNumbers":[{"phoneNumber":"2"}]}""", 400, 2, "phoneNumber")]
    [InlineData("""{"name":"x","phoneNumber":"1","phoneNumbers":[]}""", 400, 2, "phoneNumber")]
    [InlineData("""{"name":"x" "type":"Custom"}""", 400, 2, "JSON")]
    [InlineData("[]", 400, 2, "JSON")]
    [InlineData("", 400, 2, "JSON")]
    public async Task Refuses_other_bodies(string body, int status, int code, string saying)
    {
        var admin = await service.AdminAsync();
        var path = $"/api/v2/contacts/{await admin.AddCustomAsync("Taxi")}";

        (await admin.PostAsync("/api/v2/contacts", body)).ShouldFail(status, code, saying);
        (await admin.PutAsync(path, body)).ShouldFail(status, code, saying);
        Assert.Equal("Taxi", await admin.NamesAsync());
    }

    [Fact]
    public async Task Honours_preconditions_and_retries()
    {
        var admin = await service.AdminAsync();
        var added = (await admin.PostAsync("/api/v2/contacts", """{"name":"Taxi"}""", ("Idempotency-Key", "k"))).ShouldBe(201);
        Assert.Equal(
            added.Text, (await admin.PostAsync("/api/v2/contacts", """{"name":"Taxi"}""", ("Idempotency-Key", "k"))).ShouldBe(201).Text);
        (await admin.PostAsync("/api/v2/contacts", """{"name":"Cab"}""", ("Idempotency-Key", "k"))).ShouldFail(422, 2);
        (await admin.GetAsync(added.Location!, ("If-None-Match", added.ETag!))).ShouldBe(304);

        var changed = (await admin.PutAsync(added.Location!, """{"name":"Cab"}""", ("If-Match", added.ETag!))).ShouldBe(200);

        (await admin.PutAsync(added.Location!, """{"name":"Bus"}""", ("If-Match", added.ETag!))).ShouldFail(412, 15);
        (await admin.DeleteAsync(added.Location!, ("If-Match", added.ETag!))).ShouldFail(412, 15);
        (await admin.DeleteAsync(added.Location!, ("If-Match", changed.ETag!))).ShouldBe(200);
        Assert.Equal("", await admin.NamesAsync());
    }
}
